namespace Sim.Tests.Support;

/// <summary>The tree the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Dispatch.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No Dispatch.sln above {AppContext.BaseDirectory}.");
    }
}
