using System.Diagnostics;

namespace Dispatch.Architecture.Tests;

/// <summary>
/// What <c>./dispatch test</c> counts, tried on prepared folders: a run that crashed before it could write a result must not look like one in which nothing failed.
/// </summary>
public sealed class TestScriptTests : IDisposable
{
    private const string Green = """<TestRun><ResultSummary outcome="Completed"><Counters total="4" executed="3" passed="3" failed="0" notExecuted="0" /></ResultSummary></TestRun>""";
    private const string Red = """<TestRun><ResultSummary outcome="Failed"><Counters total="4" executed="4" passed="2" failed="2" notExecuted="0" /></ResultSummary></TestRun>""";
    private const string Empty = """<TestRun><ResultSummary outcome="Completed"><Counters total="0" executed="0" passed="0" failed="0" notExecuted="0" /></ResultSummary></TestRun>""";
    private const string Truncated = """<TestRun><Results><UnitTestResult outcome="Passed" /><Unit""";

    private readonly string folder = Directory.CreateTempSubdirectory("dispatch-script-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(Green, 0, "3 0 1", "")]
    [InlineData(Red, 1, "2 2 0", "")]
    // The process crashed after these had passed.
    [InlineData(Green, 134, "3 1 1", "Suite: ended with exit code 134 although no test failed")]
    // It crashed before it wrote anything, or did not even build.
    [InlineData(null, 1, "0 1 0", "Suite: no test left a result (exit code 1)")]
    [InlineData(null, 0, "0 1 0", "Suite: no test left a result (exit code 0)")]
    [InlineData(Empty, 0, "0 1 0", "Suite: no test left a result (exit code 0)")]
    [InlineData(Truncated, 137, "0 1 0", "Suite: result.trx holds no counters")]
    public async Task AProjectsResult_IsCounted_AndACrashIsAFailure(string? result, int exitCode, string counted, string named)
    {
        if (result is not null)
            await Put("results/deeper/result.trx", result);
        Assert.Equal((counted, named), await Count($"count_trx Suite results {exitCode}"));
    }

    [Theory]
    [InlineData("""{"numPassedTests":5,"numFailedTests":0,"numPendingTests":1,"numTodoTests":1,"success":true}""", 0, "5 0 2", "")]
    [InlineData("""{"numPassedTests":5,"numFailedTests":2,"numPendingTests":0,"success":false}""", 1, "5 2 0", "")]
    [InlineData("""{"numPassedTests":5,"numFailedTests":0,"numPendingTests":0,"success":false}""", 0, "5 1 0", "Pages: ended with exit code 0 although no test failed")]
    [InlineData("""{"numPassedTests":5,"numFailedTests":0,"numPendingTests":0,"success":true}""", 139, "5 1 0", "Pages: ended with exit code 139 although no test failed")]
    [InlineData("""{"numPassedTests":0,"numFailedTests":0,"numPendingTests":0,"success":true}""", 0, "0 1 0", "Pages: no test left a result (exit code 0)")]
    [InlineData("""{"numPassedTests":5,"numFail""", 1, "0 1 0", "Pages: no test left a result (exit code 1)")]
    [InlineData("", 1, "0 1 0", "Pages: no test left a result (exit code 1)")]
    [InlineData(null, 1, "0 1 0", "Pages: no test left a result (exit code 1)")]
    public async Task AReportOfThePages_IsCounted_AndACrashIsAFailure(string? report, int exitCode, string counted, string named)
    {
        if (report is not null)
            await Put("report.json", report);
        Assert.Equal((counted, named), await Count($"count_vitest Pages report.json {exitCode}"));
    }

    /// <summary>The whole command, with stand-ins for the programs it runs: each project is run by itself, and its exit code reaches the last line.</summary>
    [Theory]
    [InlineData(0, 0, "4 passed, 0 failed, 2 skipped", 0)]
    [InlineData(134, 0, "3 passed, 1 failed, 2 skipped", 1)]
    [InlineData(0, 139, "4 passed, 1 failed, 2 skipped", 1)]
    public async Task TheWholeCommand_FailsWhereAProgramCrashed(int dotnetExit, int vitestExit, string last, int expected)
    {
        await Put("tests/One.Tests/One.Tests.csproj", "");
        await Put("tests/Grains.Tests/Grains.Tests.csproj", "");
        Directory.CreateDirectory(Path.Combine(folder, "web"));
        // The project of that name crashes without a result where it is told to.
        (int exit, string output) = await Bash($$"""
            OUT="$PWD/artifacts"; ENGINE_ASKED=Embedded
            require_dotnet() { :; }; require_node() { :; }; build_web() { :; }; need_postgres() { :; }; need_strace() { :; }
            dotnet() {
              [ "$1" = test ] || return 0
              local project="$2"
              while [ "$1" != --results-directory ]; do shift; done
              case "$project" in *Grains*) [ {{dotnetExit}} = 0 ] || return {{dotnetExit}} ;; esac
              mkdir -p "$2"; echo '<Counters total="1" executed="1" passed="1" />' >"$2/r.trx"
            }
            npx() {
              for last; do :; done
              echo '{"numPassedTests":2,"numFailedTests":0,"numPendingTests":1,"success":true}' >"${last#--outputFile.json=}"
              return {{vitestExit}}
            }
            run_test --no-browser
            """);
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal((expected, last), (exit, lines[^1]));
        Assert.Equal(dotnetExit != 0, lines.Contains($"failed: Grains.Tests: no test left a result (exit code {dotnetExit})"));
        Assert.Equal(vitestExit != 0, lines.Contains($"failed: units of the pages: ended with exit code {vitestExit} although no test failed"));
    }

    private async Task Put(string path, string text)
    {
        string file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
    }

    private async Task<(string Counted, string Named)> Count(string call)
    {
        (int exit, string output) = await Bash($$"""
            {{call}} 2>/dev/null
            echo "$PASSED $FAILED $SKIPPED"
            echo "${FAULTS[*]}"
            """);
        Assert.Equal(0, exit);
        string[] lines = output.Split('\n');
        return (lines[0], lines[1]);
    }

    private async Task<(int Exit, string Output)> Bash(string script)
    {
        ProcessStartInfo start = new("bash") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"set -euo pipefail\nsource '{Path.Combine(Source.Root, "eng/scripts/test.sh")}'\n{script}");
        using Process bash = Process.Start(start)!;
        Task<string> output = bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), errors = bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        await errors;
        return (bash.ExitCode, await output);
    }
}
