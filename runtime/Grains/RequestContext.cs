namespace Dispatch.Runtime;

/// <summary>
/// Values that travel with a call: what the caller has set is seen by the callee and everything it calls. What the
/// callee sets is not seen by the caller. Values must be immutable: they are shared, not copied.
/// </summary>
public static class RequestContext
{
    private static readonly AsyncLocal<Dictionary<string, object>?> Current = new();

    public static IEnumerable<KeyValuePair<string, object>> Entries => Current.Value ?? [];

    public static IEnumerable<string> Keys => Current.Value?.Keys ?? Enumerable.Empty<string>();

    public static object? Get(string key) => Current.Value?.GetValueOrDefault(key);

    public static void Set(string key, object value) =>
        Current.Value = new Dictionary<string, object>(Current.Value ?? []) { [key] = value };

    /// <returns>Whether there was such a value.</returns>
    public static bool Remove(string key)
    {
        if (Current.Value is not { } values || !values.ContainsKey(key))
            return false;
        var rest = new Dictionary<string, object>(values);
        rest.Remove(key);
        Current.Value = rest.Count == 0 ? null : rest;
        return true;
    }

    public static void Clear()
    {
        if (Current.Value is not null)
            Current.Value = null;
    }

    /// <summary>The values now set, never changed afterwards; null when there are none.</summary>
    internal static Dictionary<string, object>? Capture() => Current.Value;

    internal static void Import(Dictionary<string, object> values) => Current.Value = values;
}
