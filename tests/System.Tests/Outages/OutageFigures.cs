using System.Globalization;

namespace Dispatch.SystemTests.Outages;

/// <summary>One attempt at one command.</summary>
/// <param name="Code">Of the problem; null where the answer was none, <c>(none)</c> where an error came without one.</param>
public sealed record Attempt(TimeSpan At, TimeSpan Took, int Status, string? Code);

/// <summary>One look at health.</summary>
public sealed record HealthLook(TimeSpan At, int Live, int Ready, string? Code, string? Reason);

/// <summary>What an outage did to a server and its clients. Times since the beginning of the run.</summary>
/// <param name="Acknowledged">Commands that were answered with success.</param>
/// <param name="Missing">Of these, those whose effect was not there after the server was killed and started again, or whose answer was another one.</param>
/// <param name="StreamFaults">Differences between what a stream's client applied and what the server replays.</param>
public sealed record OutageFigures(
    TimeSpan Began, TimeSpan Ended, IReadOnlyList<Attempt> Attempts, IReadOnlyList<HealthLook> Looks, int Acknowledged, int Missing, int StreamFaults, long StreamHead)
{
    /// <summary>From the beginning of the outage to the first honest answer of readiness.</summary>
    public TimeSpan NoticedAfter => Looks.First(look => look.At > Began && look.Ready == 503).At - Began;

    /// <summary>From the end of the outage to the first good answer of readiness.</summary>
    public TimeSpan ReadyAfter => Looks.First(look => look.At > Ended && look.Ready == 200).At - Ended;

    /// <summary>From the end of the outage to the first command that was answered with success.</summary>
    public TimeSpan ServedAfter => Attempts.Where(a => a.Status < 300 && a.At + a.Took > Ended).Min(a => a.At + a.Took) - Ended;

    public int Refused => Attempts.Count(a => a.Status == 503);

    public TimeSpan Longest => Attempts.Max(a => a.Took);

    public IReadOnlySet<string> Reasons => Looks.Where(look => look.Ready == 503).Select(look => look.Reason ?? "(none)").ToHashSet();

    /// <summary>Fails unless everything promised of an outage holds.</summary>
    /// <param name="reasons">Those that readiness may give.</param>
    public void Verify(params string[] reasons)
    {
        Assert.True(Missing == 0, $"{Missing} acknowledged commands are not there");
        Assert.True(StreamFaults == 0, $"{StreamFaults} faults in the stream as applied");
        Assert.All(Looks, look => Assert.Equal(200, look.Live));
        Assert.All(Looks.Where(look => look.Ready != 200), look => Assert.Equal((503, "server.unavailable"), (look.Ready, look.Code)));
        Assert.NotEmpty(Reasons);
        Assert.All(Reasons, reason => Assert.Contains(reason, reasons));
        // Once it has said so, it does not say otherwise before it is over.
        Assert.DoesNotContain(Looks, look => look.At > Began + NoticedAfter && look.At < Ended && look.Ready == 200);
        Assert.All(Attempts.Where(a => a.Status >= 300), a => Assert.Equal((503, "server.unavailable"), (a.Status, a.Code)));
        Assert.True(Refused > 0, "commands were refused while it lasted");
        Assert.True(Longest < TimeSpan.FromSeconds(35), $"a command waited {Longest.TotalSeconds:F1} s");
        Assert.True(Acknowledged > 0);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Ended - Began).TotalSeconds:F1} s of outage ({string.Join(", ", Reasons)}): noticed after {NoticedAfter.TotalSeconds:F1} s, ready again {ReadyAfter.TotalSeconds:F1} s and serving {ServedAfter.TotalSeconds:F1} s after its end; "
        + $"{Acknowledged} commands acknowledged, {Missing} missing; {Refused} attempts refused with 503, longest attempt {Longest.TotalSeconds:F1} s; stream to {StreamHead}, {StreamFaults} faults; {Looks.Count} looks at health");
}
