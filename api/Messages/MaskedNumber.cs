namespace Dispatch.Api.Messages;

/// <summary>
/// A phone number as lists show it: enough for a person who has the customer on the line to recognise it, too little to call. Of 11 digits and more the first three and the last four,
/// of 7 to 10 the last two, of fewer none.
/// </summary>
internal static class MaskedNumber
{
    private const string Hidden = "****";

    public static string Of(string? number)
    {
        if (string.IsNullOrWhiteSpace(number))
            return "";
        string digits = new([.. number.Where(char.IsAsciiDigit)]);
        string plus = number.TrimStart().StartsWith('+') ? "+" : "";
        return digits.Length switch
        {
            >= 11 => $"{plus}{digits[..3]}{Hidden}{digits[^4..]}",
            >= 7 => $"{Hidden}{digits[^2..]}",
            _ => Hidden,
        };
    }
}
