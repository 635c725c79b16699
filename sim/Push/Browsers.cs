using System.Diagnostics;
using System.Text.Json;

namespace Dispatch.Sim.Push;

/// <summary>What one page had applied when it was asked.</summary>
/// <param name="From">The number it began after.</param>
/// <param name="Steps">Their times are milliseconds since 1970.</param>
/// <param name="Connection">What it shows of its connection.</param>
public sealed record PageReport(string Stream, long From, IReadOnlyList<Step> Steps, string? Connection, IReadOnlyList<string> Errors);

/// <summary>Pages in a real Chromium, run by a script beside the pages' own tests. They tell which events they have applied.</summary>
public sealed class Browsers : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process process;

    private Browsers(Process process) => this.process = process;

    /// <summary>Why there can be no pages here, or null.</summary>
    public static string? Missing(string root, string chromium) =>
        !File.Exists(chromium) ? $"Chromium is not at {chromium}"
        : !Directory.Exists(Path.Combine(root, "web", "node_modules", "playwright-core")) ? "the packages of the pages are not installed (npm ci in web)"
        : !Directory.Exists(Path.Combine(root, "web", "dist", "assets")) ? "the pages are not built (npm run build in web)"
        : null;

    /// <summary>Opens the pages, each in a context of its own; returns when all show something.</summary>
    public static async Task<Browsers> Open(string root, string chromium, IReadOnlyList<string> addresses)
    {
        ProcessStartInfo start = new("node", [Path.Combine("e2e", "push.mjs"), .. addresses])
        {
            WorkingDirectory = Path.Combine(root, "web"), RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        };
        start.Environment["CHROMIUM"] = chromium;
        Browsers browsers = new(Process.Start(start)!);
        string? said = await browsers.process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (said == "ready")
            return browsers;
        await browsers.DisposeAsync();
        throw new InvalidOperationException($"The browsers did not start: {said}");
    }

    public async Task<IReadOnlyList<PageReport>> Report()
    {
        await process.StandardInput.WriteLineAsync("report");
        await process.StandardInput.FlushAsync();
        string line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("The browsers have ended.");
        using JsonDocument pages = JsonDocument.Parse(line);
        return [.. pages.RootElement.EnumerateArray().Select(page => new PageReport(
            page.GetProperty("stream").GetString()!, page.GetProperty("from").GetInt64(),
            [.. page.GetProperty("steps").EnumerateArray().Select(s => new Step(s[0].GetInt64(), s[1].GetString(), s[2].GetInt64(), s[3].GetInt64()))],
            page.GetProperty("connection").GetString(), [.. page.GetProperty("errors").EnumerateArray().Select(e => e.GetString()!)]))];
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }
}
