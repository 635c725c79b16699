using System.Collections.Immutable;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.City.People;

/// <summary>What somebody at a point does next to a job: the last word of the command's path.</summary>
public readonly record struct BenchStep(JobView Job, string Step);

/// <summary>
/// How the people of a service point work: what has arrived is unpacked and looked at, and lies until one of the benches is free, the most urgent promise first; after the repair somebody else
/// checks it. How long each thing takes follows from the job. Pure.
/// </summary>
public static class BenchRules
{
    private const double FailsCheck = 0.04;

    /// <summary>Every step that is due.</summary>
    /// <param name="jobs">The point's open jobs.</param>
    /// <param name="hands">How many repair at the same time.</param>
    public static ImmutableArray<BenchStep> Due(IEnumerable<JobView> jobs, DateTimeOffset now, int hands, int seed)
    {
        List<JobView> all = [.. jobs];
        ImmutableArray<BenchStep>.Builder steps = ImmutableArray.CreateBuilder<BenchStep>();
        int free = hands - all.Count(j => j.Status == "onBench");
        foreach (JobView job in all.OrderBy(j => j.Booking?.PromisedAt).ThenBy(j => j.Id, StringComparer.Ordinal))
        {
            if (StepAfter(job) is not { } step || now < job.UpdatedAt + TimeFor(step, job, seed))
                continue;
            if (step == "start" && free-- <= 0)
                continue;
            steps.Add(new BenchStep(job, step));
        }
        return steps.ToImmutable();
    }

    /// <summary>Whether the check finds the repair good. Nobody fails twice: the colleague stays until it works.</summary>
    public static bool Passes(JobView job, int seed, bool failedBefore) => failedBefore || Chance.Share(seed, "check", job.Id) >= FailsCheck;

    private static string? StepAfter(JobView job) => job.Status switch
    {
        "booked" or "inTransit" when job.Parcels?.Any(p => p.Direction == "inbound" && p.Status == "delivered") == true => "receive",
        "received" => "inspect",
        "inspected" => "start",
        "onBench" => "finish",
        "repaired" => "check",
        "checked" => "pack",
        "packed" => "ship",
        _ => null,
    };

    private static TimeSpan TimeFor(string step, JobView job, int seed)
    {
        double share = Chance.Share(seed, step, job.Id);
        return step switch
        {
            "start" => TimeSpan.Zero,
            "finish" => TimeSpan.FromSeconds(Math.Max(600, job.ServiceSeconds) * (0.5 + 0.6 * share)),
            _ => TimeSpan.FromMinutes(3 + 9 * share),
        };
    }
}
