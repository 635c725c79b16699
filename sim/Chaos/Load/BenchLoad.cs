using System.Collections.Concurrent;
using Dispatch.Sim.City;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Chaos.Load;

/// <summary>Two people at the same screen of a service point who do whatever step is next, now and then both the same one; and the customers whose devices come back from it.</summary>
public sealed class BenchLoad(ChaosWorld world, string point)
{
    private sealed record PointStep(string OccurredAt);

    private sealed record InspectStep(string Findings, string OccurredAt);

    private sealed record FinishStep(string Outcome, string Work, string OccurredAt, IReadOnlyList<PartQuantity>? PartsUsed);

    private sealed record CheckStep(bool Passed, string OccurredAt);

    private readonly ConcurrentDictionary<(string Job, long Version, int Hand), bool> done = new();

    public Task Live() => world.Until(_ =>
    {
        DateTimeOffset now = world.Time.GetUtcNow();
        foreach (JobCard job in world.Board.Where(c => c.PointId == point && c.Confirmed))
            for (int hand = 1; hand <= 2; hand++)
            {
                int h = hand;
                // The second one reaches for a quarter of them.
                double share = Chance.Share(world.Seed, point, job.Id, job.Version, h);
                if ((h == 1 || share < 0.25) && now - job.Since > TimeSpan.FromSeconds(0.2 + 2.5 * share) && Next(job) is not null && done.TryAdd((job.Id, job.Version, h), true))
                    world.Errand(() => Do(job, h));
            }
        return Task.CompletedTask;
    }, _ => TimeSpan.FromMilliseconds(150));

    private static string? Next(JobCard job) => job.Status switch
    {
        "booked" or "inTransit" => "receive",
        "received" => "inspect",
        "inspected" => "start",
        "onBench" => "finish",
        "repaired" => "check",
        "checked" => "pack",
        "packed" => "ship",
        "shipped" or "delivered" => "confirm",
        _ => null,
    };

    private async Task Do(JobCard job, int hand)
    {
        string step = Next(job)!, key = FormattableString.Invariant($"{point}-{hand}-{job.Id}-{job.Version}-{step}");
        if (step == "confirm")
        {
            // One in three lets the carrier say it, and closes it by themselves later.
            if (world.Board.TokenOf(job.Id) is { } token && (job.Status == "delivered" || Chance.Share(world.Seed, job.Id, "says") < 0.66))
                await world.Send(world.Anonymous("customer"), $"v1/track/{token}/confirm", new { }, key);
            return;
        }
        string at = ChaosWorld.Wire(world.Moment());
        double share = Chance.Share(world.Seed, job.Id, "work");
        object body = step switch
        {
            "inspect" => new InspectStep("As described.", at),
            "finish" => new FinishStep(share < 0.5 ? "repaired" : "not_repaired", "Looked into.", at, share < 0.5 ? null : []),
            "check" => new CheckStep(Chance.Share(world.Seed, job.Id, job.Version) > 0.1, at),
            _ => new PointStep(at),
        };
        await world.Send(world.Find(ChaosSetup.PointUser(point)), $"v1/jobs/{job.Id}/{step}", body, key);
    }
}
