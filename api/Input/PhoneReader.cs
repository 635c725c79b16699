using PhoneNumbers;

namespace Dispatch.Api.Input;

/// <summary>A phone number as it is kept.</summary>
/// <param name="E164">For example <c>+8613912345678</c>.</param>
/// <param name="IsLikely">Whether the country's numbering plan has assigned such numbers. Plans change, so an unlikely number is kept all
/// the same.</param>
/// <param name="HasExtension">E.164 has no extensions, and messages reach none: what was given of one is not kept.</param>
internal sealed record PhoneReading(string E164, bool IsLikely, bool HasExtension);

/// <summary>Reads phone numbers the way people write them, in any script's digits, by the numbering plans of libphonenumber.</summary>
/// <param name="region">ISO 3166 code of the country that numbers without a country code belong to, such as <c>CN</c>.</param>
internal sealed class PhoneReader(string region)
{
    public const string DefaultRegion = "CN";

    /// <summary>For readers of requests that have no server around them.</summary>
    public static PhoneReader Default { get; } = new(DefaultRegion);

    private static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    public static bool IsRegion(string region) => Plans.GetSupportedRegions().Contains(region);

    /// <summary>
    /// The number, or null for a text that is none, or one that nobody can dial because its length is that of no number of its country.
    /// </summary>
    public PhoneReading? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || PersonText.HasControls(text, severalLines: false))
            return null;
        string given = PersonText.WithoutBidiControls(text).Trim();
        PhoneNumber number;
        try
        {
            number = Plans.Parse(given, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
        // Letters stand for digits on old keypads: a name behind the number would become part of it.
        bool lettersAllowed = number.HasExtension || given.StartsWith("tel:", StringComparison.OrdinalIgnoreCase);
        if ((!lettersAllowed && given.Any(char.IsLetter))
            || Plans.IsPossibleNumberWithReason(number) != PhoneNumberUtil.ValidationResult.IS_POSSIBLE)
            return null;
        return new(Plans.Format(number, PhoneNumberFormat.E164), Plans.IsValidNumber(number), number.HasExtension);
    }
}
