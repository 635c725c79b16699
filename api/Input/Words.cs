namespace Dispatch.Api.Input;

/// <summary>Ids that come in URLs: whether they can be ids at all, before anything is looked up under them.</summary>
internal static class Words
{
    private const int LongestId = 80;

    /// <summary>Prefix and at least one of letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static bool IsId(string? text, string prefix) =>
        text is not null && text.Length > prefix.Length && text.Length <= LongestId && text.StartsWith(prefix, StringComparison.Ordinal)
        && text.AsSpan(prefix.Length).IndexOfAnyExcept(Allowed) < 0;

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
}
