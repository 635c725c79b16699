using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Devices;

/// <summary>Every no of the device register. Each code is a row of docs/refusals.md.</summary>
public static class DeviceRefusals
{
    public static Refusal Unknown(DeviceId id) => Refusal.Of("device.unknown", RefusalKind.Unknown, ("deviceId", id));
    public static Refusal ImeiMalformed(string given) => Refusal.Of("device.imei_malformed", RefusalKind.Invalid, ("imei", Short(given)));
    public static Refusal ImeiCheckDigit(string given) => Refusal.Of("device.imei_check_digit", RefusalKind.Invalid, ("imei", Short(given)));
    public static Refusal SerialMalformed(string given) => Refusal.Of("device.serial_malformed", RefusalKind.Invalid, ("serial", Short(given)));
    public static Refusal TimeInFuture(DateTimeOffset at, DateTimeOffset now) => Refusal.Of("device.time_in_future", RefusalKind.Unprocessable, ("at", at.ToString("O")), ("now", now.ToString("O")));
    public static Refusal Replaced(DeviceState d, DeviceId by) => Refusal.Of("device.was_replaced", RefusalKind.Conflict, ("deviceId", d.Id), ("by", by));
    public static Refusal NotNew(DeviceState d) => Refusal.Of("device.not_new", RefusalKind.Conflict, ("deviceId", d.Id));
    public static Refusal SameUnit(DeviceId id) => Refusal.Of("device.same_unit", RefusalKind.Unprocessable, ("deviceId", id));
    public static Refusal ExchangeUnderWay(DeviceState d) => Refusal.Of("device.exchange_under_way", RefusalKind.Conflict, ("deviceId", d.Id), ("clause", d.Exchange?.Clause));
    public static Refusal NoExchange(DeviceState d) => Refusal.Of("device.no_exchange", RefusalKind.Conflict, ("deviceId", d.Id));

    /// <summary>Enough of what was given to be recognised, never a whole page.</summary>
    private static string Short(string given) => given.Length <= 40 ? given : given[..40];
}
