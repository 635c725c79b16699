using Dispatch.Sim.Push;

namespace Dispatch.SystemTests.Push;

/// <summary>A short storm; <c>./dispatch bench push</c> is the long one.</summary>
[Collection(RealProcesses.Name)]
public sealed class PushStormTests
{
    /// <summary>Machines that run tests are busy: a server takes long to start and everybody long to come back.</summary>
    private const double WithinMilliseconds = 20_000;

    [Fact]
    public async Task CutConnectionsAndServersThatDie_LeaveNoGapAndRepeatNothing()
    {
        using StringWriter log = new();
        string root = Root();
        string? noBrowsers = Browsers.Missing(root, new StormOptions("", root, 0, 0, 0).Chromium);
        PushFigures figures = await PushStorm.Run(new StormOptions(typeof(Silo.DispatchHost).Assembly.Location, root, Clients: 40, Browsers: noBrowsers is null ? 1 : 0, Seconds: 15), log);
        string said = $"{log}{figures.ToJson()}{(noBrowsers is null ? "" : $"\nwithout browsers: {noBrowsers}")}";
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.True(figures.Faults == 0, said);
        Assert.True(figures is { Kills: >= 2, Moves: >= 1, Cuts: > 40 } && figures.Acknowledged > 8 && figures.ByClients.Applied > figures.Events * 20, said);
        Assert.True(Math.Max(figures.Converged.Max, figures.PagesConverged.Max) < WithinMilliseconds, said);
    }

    /// <summary>What the storm would find, if it were there.</summary>
    [Fact]
    public void Journals_ShowWhatTheyShouldNot()
    {
        Replay replay = new("zone/z", [.. Enumerable.Range(1, 6).Select(n => ("job:a", (long)n))]);
        Assert.Equal(new JournalVerdict(6, 0, 0, 0, 0, 0), Verdict(1, 2, 3, 4, 5, 6));
        Assert.Equal(new JournalVerdict(5, 0, 1, 0, 0, 0), Verdict(1, 2, 4, 5, 6));
        Assert.Equal(new JournalVerdict(7, 0, 0, 1, 0, 0), Verdict(1, 2, 3, 3, 4, 5, 6));
        Assert.Equal(new JournalVerdict(4, 0, 0, 0, 0, 2), Verdict(1, 2, 3, 4));
        Assert.Equal(new JournalVerdict(2, 1, 0, 0, 0, 0), JournalVerdict.Of([new(4, null, 0, 0), Event(5), Event(6)], replay, 0, fromSnapshot: true));
        Assert.Equal(1, JournalVerdict.Of([Event(1), new(2, "job:b", 2, 0), Event(3), Event(4), Event(5), Event(6)], replay, 0, fromSnapshot: false).Strangers);
        Assert.Equal(1, JournalVerdict.Of([Event(5), Event(6)], replay, 0, fromSnapshot: true).Gaps);
        Assert.Equal(1, new Replay("zone/z", [("job:a", 1), ("job:a", 1)]).Repeated);

        JournalVerdict Verdict(params long[] applied) => JournalVerdict.Of([.. applied.Select(Event)], replay, 0, fromSnapshot: false);
        static Step Event(long seq) => new(seq, "job:a", seq, 0);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dispatch.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("not within the sources");
    }
}
