using Dispatch.Api.Input;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement.Exchange;
using Dispatch.Domain.Jobs;

namespace Dispatch.Api.Devices;

/// <summary>One ended job of a device.</summary>
public sealed record DeviceServiceView(
    string JobId, DateTimeOffset At, string Fault, string? Outcome, ServiceMode Mode, IReadOnlyList<PartQuantity> Parts, string? TechnicianId, string? PointId, string Brand);

public sealed record DeviceOwnerView(string Owner, DateTimeOffset At);

public sealed record DeviceAccessoryView(string Accessory, DateTimeOffset At, string? JobId);

public sealed record FittedPartView(string Part, string Serial, DateTimeOffset At, string? JobId);

public sealed record ExchangeDoneView(ExchangeStep Step, ExchangeDesk Desk, string By, DateTimeOffset At, IReadOnlyList<ExchangeNote> Notes);

/// <param name="Next">The step whose turn it is, and whose it is; nothing once it is over.</param>
public sealed record ExchangeView(Domain.Entitlement.Remedy Remedy, string Clause, string? JobId, ExchangeStatus Status, ExchangeDuty? Next, IReadOnlyList<ExchangeDoneView> Done, string? Reason)
{
    public static ExchangeView Of(ExchangeCase c) => new(
        c.Remedy, c.Clause, c.Job?.Value, c.Status, c.Next, [.. c.Done.Select(d => new ExchangeDoneView(d.Step, d.Desk, d.By, d.At, d.Notes))], c.Reason);
}

/// <summary>A device with its whole history, wherever it was served.</summary>
/// <param name="RepeatedRepairs">Jobs that followed a repair within the house's window.</param>
public sealed record DeviceView(
    string Id,
    string? Imei,
    string? TypeCode,
    string? Serial,
    string Kind,
    string Brand,
    string Model,
    string? Line,
    DateOnly? PurchasedOn,
    DateOnly? MadeOn,
    DateTimeOffset RegisteredAt,
    IReadOnlyList<DeviceServiceView> Services,
    int RepeatedRepairs,
    IReadOnlyList<DeviceAccessoryView> Accessories,
    IReadOnlyList<FittedPartView> Parts,
    IReadOnlyList<DeviceOwnerView> Owners,
    string? Replaces,
    string? ReplacedBy,
    ExchangeView? Exchange,
    long Version)
{
    public static DeviceView Of(DeviceState d, long version, TimeSpan repeatedWithin) => new(
        d.Id.Value, d.Identity.Imei, d.TypeCode, d.Identity.Imei is null ? d.Identity.Serial : null, d.Profile.Kind, d.Profile.Brand, d.Profile.Model, d.Profile.Line, d.Profile.PurchasedOn, d.Profile.MadeOn,
        d.RegisteredAt,
        [.. d.Services.Select(s => new DeviceServiceView(
            s.Job.Value, s.At, s.Fault, s.Outcome switch { RepairOutcome.Repaired => "repaired", RepairOutcome.NotRepaired => "not_repaired", RepairOutcome.Swapped => "swapped", _ => null }, s.Mode, s.Parts, s.Technician?.Value, s.Point?.Value, s.Brand))],
        d.RepeatedWithin(repeatedWithin),
        [.. d.Accessories.Select(a => new DeviceAccessoryView(a.Accessory, a.At, a.Job?.Value))],
        [.. d.Parts.Select(p => new FittedPartView(p.Part, p.Serial, p.At, p.Job?.Value))],
        [.. d.Owners.Select(o => new DeviceOwnerView(o.Owner, o.At))],
        d.Replaces?.Value, d.ReplacedBy?.Value, d.Exchange is { } exchange ? ExchangeView.Of(exchange) : null, version);
}

/// <summary>A change of the register, the same for every repetition.</summary>
/// <param name="Warnings">What of the request was taken and may still not be meant.</param>
public sealed record DeviceChangeView(string Id, long Version, IReadOnlyList<WarningView>? Warnings = null);

public sealed record DeviceListView(IReadOnlyList<DeviceView> Items);

/// <summary>A refund or an exchange that waits for somebody, without the device's history.</summary>
/// <param name="WaitsSince">When the step before was done; nothing before the first.</param>
public sealed record WaitingExchangeView(string DeviceId, string? Imei, string? Serial, string Kind, string Brand, string Model, DateOnly? PurchasedOn, DateTimeOffset? WaitsSince, ExchangeView Exchange)
{
    public static WaitingExchangeView Of(DeviceState d) => new(
        d.Id.Value, d.Identity.Imei, d.Identity.Imei is null ? d.Identity.Serial : null, d.Profile.Kind, d.Profile.Brand, d.Profile.Model, d.Profile.PurchasedOn,
        d.Exchange!.Done is [.., var last] ? last.At : null, ExchangeView.Of(d.Exchange));
}

public sealed record WaitingExchangeListView(IReadOnlyList<WaitingExchangeView> Items, string? Next);
