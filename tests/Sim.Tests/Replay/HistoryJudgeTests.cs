using System.Text.Json;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Replay.Judging;

namespace Sim.Tests.Replay;

public sealed class HistoryJudgeTests
{
    private const string Zone = "zone/z";

    private readonly List<StreamEvent> zone = [];
    private readonly Dictionary<string, long> numbers = [];

    [Fact]
    public void JobThatWasDeclinedAndThenDone_HoldsTogether()
    {
        Job("job_1", (0, "job.requested"), (0, "job.queued"), (1, "job.offered"), (2, "job.declined"), (2, "job.queued"), (3, "job.offered"));
        Course("job_1", 3, "tech_b");
        Assert.Empty(Judge(zone, zone, ("job_1", "tech_b")));
    }

    [Fact]
    public void HoleInTheNumbers_IsNamed()
    {
        Course("job_1", 1, "tech_a");
        List<StreamEvent> holed = [.. zone.Where(e => e.Seq != 3)];
        Assert.Contains($"{Zone}: event 4 stands where 3 should", Judge(holed, holed, ("job_1", "tech_a")));
    }

    [Fact]
    public void EventInTheStreamTwice_IsNamed()
    {
        Course("job_1", 1, "tech_a");
        zone.Add(zone[0] with { Seq = zone.Count + 1 });
        Assert.Contains(Judge(zone, zone, ("job_1", "tech_a")), w => w.Contains("event 1 of job:job_1 appears 2 times"));
    }

    [Fact]
    public void PushedHistoryThatDiffers_IsNamed()
    {
        Course("job_1", 1, "tech_a");
        Assert.Contains(Judge(zone[..^1], zone, ("job_1", "tech_a")), w => w.Contains("5 events were applied, 6 are in it"));
        List<StreamEvent> other = [.. zone[..^1], zone[^1] with { Source = "job:job_9" }];
        Assert.Contains(Judge(other, zone, ("job_1", "tech_a")), w => w.Contains("applied (6, job.closed, job:job_9, 6)"));
    }

    [Fact]
    public void StepOutOfCourse_IsNamed()
    {
        Job("job_1", (1, "job.accepted"), (1, "job.arrived"));
        Assert.Contains("job_1: job.arrived after job.accepted", Judge(zone, zone));
    }

    [Fact]
    public void SecondAcceptanceWithoutAWithdrawal_IsNamed()
    {
        Job("job_1", (1, "job.accepted"), (1, "job.accepted"));
        Assert.Contains("job_1: job.accepted after job.accepted", Judge(zone, zone));
    }

    [Fact]
    public void FallingEpoch_IsNamed()
    {
        Job("job_1", (2, "job.offered"), (1, "job.accepted"));
        Assert.Contains("job_1: job.accepted under epoch 1 after 2", Judge(zone, zone));
    }

    [Fact]
    public void WorkBySomebodyElse_IsNamed()
    {
        Job("job_1", (1, "job.accepted"));
        Add("job_1", 1, "job.departed", "tech_b");
        Assert.Contains("job_1: job.departed by tech_b, had by tech_a", Judge(zone, zone));
    }

    [Fact]
    public void AMovedJob_IsAcceptedAnew_AndHadByWhoeverGainedIt()
    {
        Job("job_1", (1, "job.accepted"), (1, "job.parked"), (2, "job.moved"));
        Course("job_1", 2, "tech_b");
        Assert.Empty(Judge(zone, zone, ("job_1", "tech_b")));
    }

    [Fact]
    public void ClaimsOfThePhones_MustMatchTheJobs()
    {
        Course("job_1", 1, "tech_a");
        Job("job_2", (0, "job.queued"));
        Assert.Contains("job_1: closed, but nobody served it", Judge(zone, zone));
        Assert.Contains("job_1: served by tech_a and tech_b", Judge(zone, zone, ("job_1", "tech_a"), ("job_1", "tech_b")));
        Assert.Contains("job_1: served by tech_b, but had by tech_a", Judge(zone, zone, ("job_1", "tech_b")));
        Assert.Contains("job_2: served by tech_a, but not closed", Judge(zone, zone, ("job_1", "tech_a"), ("job_2", "tech_a")));
    }

    private static IReadOnlyList<string> Judge(IReadOnlyList<StreamEvent> pushed, IReadOnlyList<StreamEvent> fetched, params (string Job, string Technician)[] claims) =>
        HistoryJudge.Inconsistencies([new StreamHistory(Zone, pushed, fetched)], Zone, [.. claims.Select(c => new ClaimedService(c.Job, c.Technician))]);

    private void Course(string job, long epoch, string technician)
    {
        foreach (string type in new[] { "job.accepted", "job.departed", "job.arrived", "job.repaired", "job.signed", "job.closed" })
            Add(job, epoch, type, technician);
    }

    private void Job(string job, params (long Epoch, string Type)[] events)
    {
        foreach ((long epoch, string type) in events)
            Add(job, epoch, type, "tech_a");
    }

    private void Add(string job, long epoch, string type, string technician)
    {
        numbers[job] = numbers.GetValueOrDefault(job) + 1;
        JsonElement data = JsonSerializer.SerializeToElement(new { jobId = job, epoch, technicianId = technician });
        zone.Add(new StreamEvent(zone.Count + 1, type, DateTimeOffset.UnixEpoch, "job:" + job, numbers[job], data));
    }
}
