using System.Globalization;
using System.Reflection;

namespace Dispatch.Storage.Schema;

/// <summary>One step of a schema: everything that leads from the version before to this one.</summary>
internal sealed record SqlScript(int Version, string Name, string Text);

/// <summary>The steps kept in <c>silo/sql/</c>, per kind of database. Steps that were released are never changed; a change is a new one.</summary>
internal static class SqlScripts
{
    public static IReadOnlyList<SqlScript> Sqlite { get; } = Load("sqlite");
    public static IReadOnlyList<SqlScript> Postgres { get; } = Load("postgres");

    private static List<SqlScript> Load(string kind)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"sql/{kind}/";
        var scripts = assembly.GetManifestResourceNames()
            .Select(resource => resource.Replace('\\', '/'))
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource => Read(assembly, resource, resource[prefix.Length..^".sql".Length]))
            .ToList();
        for (var i = 0; i < scripts.Count; i++)
            if (scripts[i].Version != i + 1)
                throw new InvalidOperationException($"Scripts of {kind} must be numbered 1, 2, 3 …; found {scripts[i].Name} in place {i + 1}.");
        return scripts;
    }

    private static SqlScript Read(Assembly assembly, string resource, string name)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"No embedded script {resource}.");
        using var reader = new StreamReader(stream);
        return new SqlScript(int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
