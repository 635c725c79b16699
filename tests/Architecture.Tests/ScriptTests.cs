using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Dispatch.Architecture.Tests;

/// <summary>The shell scripts end with success or with a sentence, however the machine schedules the ends of their pipes.</summary>
public partial class ScriptTests
{
    private static readonly string[] Scripts = ["dispatch", ".ci/run", .. Source.Files("*.sh", "eng")];

    /// <summary>Under pipefail the writer of such a pipe dies of SIGPIPE now and then, and the script ends with code 141.</summary>
    [Fact]
    public void NoPipeEndsInACommandThatStopsReadingEarly() =>
        Assert.DoesNotContain(Scripts, script => EarlyReader().IsMatch(Comments().Replace(Source.Text(script), "")));

    [Fact]
    public async Task WhatEveryCommandChecksFirst_NeverFails()
    {
        const string script = """
            set -Eeuo pipefail; ROOT="$PWD"
            for part in eng/scripts/*.sh; do source "$part"; done
            for round in $(seq 40); do require_dotnet; require_node; newest="$(newest_in domain grains eng)"; [ "$newest" -gt 0 ]; done
            """;
        (int code, string said) = await Bash(script);
        Assert.Equal("", said);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData("20.19.0", "20.19.0", 0)]
    [InlineData("20.20.2", "20.19.0", 0)]
    [InlineData("22.0.0-nightly20250101", "20.19.0", 0)]
    [InlineData("100.0.0", "20.19.0", 0)]
    [InlineData("20.9.9", "20.19.0", 1)]
    [InlineData("18.20", "20.19.0", 1)]
    [InlineData("20", "20.19.0", 1)]
    public async Task VersionsAreComparedNumberByNumber(string have, string want, int code) =>
        Assert.Equal(code, (await Bash($"ROOT=.; source eng/scripts/requirements.sh; version_at_least '{have}' '{want}'")).Code);

    [Theory]
    [InlineData("./dispatch up --data", "--data needs a value")]
    [InlineData("./dispatch replay --speed", "--speed needs a value")]
    [InlineData("./dispatch nothing", "no command 'nothing'")]
    [InlineData("PATH=/nowhere /bin/bash ./dispatch simulate", "the .NET 10 SDK is missing")]
    [InlineData("dotnet() { return 7; }; export -f dotnet; ./dispatch simulate", "the .NET installation is broken")]
    [InlineData("dotnet() { echo '8.0.100 [/x]'; }; export -f dotnet; ./dispatch simulate", "the .NET 10 SDK is needed; installed: 8.0.100")]
    public async Task EveryFailureSaysASentence(string command, string sentence)
    {
        (int code, string said) = await Bash(command);
        Assert.NotEqual(0, code);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> Bash(string script)
    {
        ProcessStartInfo start = new("bash") { WorkingDirectory = Source.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"\|\s*(head\b|grep\s+-[a-zA-Z]*[qm]|sed\s+[^|\n]*q['""]|awk\s+[^|\n]*\bexit\b|read\b)")]
    private static partial Regex EarlyReader();

    [GeneratedRegex(@"(?m)(^|\s)#.*$")]
    private static partial Regex Comments();
}
