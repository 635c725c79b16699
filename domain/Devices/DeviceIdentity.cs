using System.Text.Json.Serialization;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Serialization;

namespace Dispatch.Domain.Devices;

/// <summary>One device, wherever it is served: its id follows from IMEI or serial, so that every point finds the same history.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.deviceId"), JsonConverter(typeof(StringIdConverter<DeviceId>))]
public readonly record struct DeviceId([property: Id(0)] string Value) : IStringId<DeviceId>, IComparable<DeviceId>
{
    public const string Prefix = "dev_";
    public static DeviceId From(string value) => new(value);
    public static DeviceId Derive(TenantId tenant, DeviceIdentity identity) => new(Prefix + Derived.Id(tenant, "device", identity.ToString()));
    public int CompareTo(DeviceId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>The number of a phone: 15 digits, the first 8 its type code (TAC), the last a check digit.</summary>
public readonly record struct Imei
{
    public const int Length = 15, TypeCodeLength = 8;

    private Imei(string value) => Value = value;

    public string Value { get; }

    /// <summary>The model it belongs to, as the trade's lists of type codes have it.</summary>
    public string TypeCode => Value[..TypeCodeLength];

    /// <summary>Blanks, hyphens and slashes between groups are left out; <c>device.imei_malformed</c> or <c>device.imei_check_digit</c> otherwise.</summary>
    public static (Imei? Imei, Refusal? Refusal) Read(string text)
    {
        string digits = string.Concat(text.Where(c => c is not (' ' or '-' or '/')));
        if (digits.Length != Length || !digits.All(char.IsAsciiDigit))
            return (null, DeviceRefusals.ImeiMalformed(text));
        return CheckDigit(digits.AsSpan(0, Length - 1)) == digits[^1] - '0' ? (new Imei(digits), null) : (null, DeviceRefusals.ImeiCheckDigit(text));
    }

    /// <summary>Luhn: every second digit from the right doubled, its digits added; what is missing to a multiple of ten.</summary>
    public static int CheckDigit(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit * 2 / 10 + digit * 2 % 10 : digit;
        }
        return (10 - sum % 10) % 10;
    }

    public override string ToString() => Value;
}

/// <summary>What tells one device from all others: an IMEI, or a brand and its serial number.</summary>
/// <param name="Imei">15 digits; null for what has none.</param>
/// <param name="Brand">Lower case; empty where there is an IMEI, which needs no brand.</param>
/// <param name="Serial">Upper case; empty where there is an IMEI.</param>
[GenerateSerializer, Immutable, Alias("dispatch.deviceIdentity")]
public sealed record DeviceIdentity([property: Id(0)] string? Imei, [property: Id(1)] string Brand, [property: Id(2)] string Serial)
{
    public const int ShortestSerial = 4, LongestSerial = 32;

    public static DeviceIdentity Of(Imei imei) => new(imei.Value, "", "");

    /// <summary>4 to 32 letters, digits, hyphens, dots and slashes, small letters as capitals and without blanks; <c>device.serial_malformed</c> otherwise.</summary>
    public static (DeviceIdentity? Identity, Refusal? Refusal) OfSerial(string brand, string serial)
    {
        (string? clean, Refusal? refusal) = ReadSerial(serial);
        return clean is not null && !string.IsNullOrWhiteSpace(brand) ? (new DeviceIdentity(null, brand.Trim().ToLowerInvariant(), clean), null) : (null, refusal ?? DeviceRefusals.SerialMalformed(serial));
    }

    /// <summary>A serial number of a device or a part as it is kept; <c>device.serial_malformed</c> if it can be none.</summary>
    public static (string? Serial, Refusal? Refusal) ReadSerial(string serial)
    {
        string clean = string.Concat(serial.Where(c => c != ' ')).ToUpperInvariant();
        bool whole = clean.Length is >= ShortestSerial and <= LongestSerial && clean.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/') && clean.Any(char.IsAsciiLetterOrDigit);
        return whole ? (clean, null) : (null, DeviceRefusals.SerialMalformed(serial));
    }

    /// <summary>The device of this number, of the same kind and brand as this one.</summary>
    public (DeviceIdentity? Identity, Refusal? Refusal) Another(string number)
    {
        if (Imei is null)
            return Read(Brand, number);
        (Imei? imei, Refusal? refusal) = Devices.Imei.Read(number);
        return imei is { } read ? (Of(read), null) : (null, refusal);
    }

    /// <summary>
    /// The device of a number that may be an IMEI or a serial number. Fifteen digits are meant as an IMEI; where the check digit says that
    /// they are none, they are kept as a serial number, so that what is done to the device is recorded somewhere and can be moved when the
    /// right number is known.
    /// </summary>
    public static (DeviceIdentity? Identity, Refusal? Refusal) Read(string brand, string number)
    {
        if (!LooksLikeImei(number))
            return OfSerial(brand, number);
        return Devices.Imei.Read(number).Imei is { } imei ? (Of(imei), null)
            : OfSerial(brand, string.Concat(number.Where(char.IsAsciiDigit)));
    }

    /// <summary>The device a customer named in a request; null where they gave no number, or one that the register cannot keep.</summary>
    public static DeviceIdentity? Find(DeviceRef? device) => device?.Serial is { } serial ? Read(device.Brand, serial).Identity : null;

    /// <summary>
    /// Why a number may not be the one on the device: <c>device.imei_check_digit</c> or <c>device.serial_malformed</c>; null where nothing
    /// speaks against it.
    /// </summary>
    public static Refusal? Doubt(string number) => LooksLikeImei(number) ? Devices.Imei.Read(number).Refusal : ReadSerial(number).Refusal;

    /// <summary>Fifteen digits, in groups or not.</summary>
    public static bool LooksLikeImei(string number) =>
        number.Count(char.IsAsciiDigit) == Devices.Imei.Length && number.All(c => char.IsAsciiDigit(c) || c is ' ' or '-' or '/');

    public override string ToString() => Imei is { } imei ? $"imei:{imei}" : $"serial:{Brand}:{Serial}";
}
