using Dapper;

namespace Dispatch.Api.Reading;

/// <summary>
/// The list after IN as parameters of its own. Dapper's lists do the same on SQLite only: on PostgreSQL they become one array, which IN does not take.
/// </summary>
internal static class InList
{
    /// <returns>For instance <c>(@id0, @id1)</c>.</returns>
    public static string Of(DynamicParameters values, string name, IReadOnlyList<string> items)
    {
        for (int i = 0; i < items.Count; i++)
            values.Add($"{name}{i}", items[i]);
        return $"({string.Join(", ", items.Select((_, i) => $"@{name}{i}"))})";
    }
}
