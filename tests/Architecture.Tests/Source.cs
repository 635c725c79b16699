using System.Xml.Linq;

namespace Dispatch.Architecture.Tests;

/// <summary>The source tree as the tests see it.</summary>
internal static class Source
{
    public static string Root { get; } = FindRoot();

    /// <summary>Source files of these folders, relative to the root with forward slashes; nothing that was built.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folders) =>
        from folder in folders
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !relative.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "dist" or "artifacts")
        select relative;

    public static string Text(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    /// <summary>Names of the projects one project file refers to.</summary>
    public static string[] References(string project) =>
    [
        .. XDocument.Parse(Text(project)).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))).Order(StringComparer.Ordinal),
    ];

    public static string[] Packages(string project) => [.. XDocument.Parse(Text(project)).Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value)];

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dispatch.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("These tests read the source tree and did not find it above " + AppContext.BaseDirectory);
    }
}
