namespace Dispatch.Sim.Chaos.Judging;

/// <summary>What one client did to or saw of a job.</summary>
/// <param name="At">When it was answered; null if never, but it has an effect.</param>
/// <param name="Version">Of the job, as answered.</param>
/// <param name="Effect">Number of its own first event; null where it only saw.</param>
public sealed record JobOperation(string Job, string Name, long InvokedAt, long? At, long Version, long? Effect);

/// <summary>
/// Whether each job's history is one order that agrees with everybody's clock: what was invoked after another one's answer comes after it, or sees it. Effects have distinct places in that
/// order, so together with what the answers say this is linearizability, job by job.
/// </summary>
public static class OrderJudge
{
    public static IEnumerable<Violation> Find(IEnumerable<JobOperation> operations)
    {
        foreach (IGrouping<string, JobOperation> job in operations.GroupBy(o => o.Job, StringComparer.Ordinal))
        {
            List<JobOperation> answered = [.. job.Where(o => o.At is not null).OrderBy(o => o.At)];
            JobOperation? newest = null;
            int next = 0;
            foreach (JobOperation o in job.OrderBy(o => o.InvokedAt))
            {
                for (; next < answered.Count && answered[next].At < o.InvokedAt; next++)
                    if (newest is null || answered[next].Version > newest.Version)
                        newest = answered[next];
                if (newest is null)
                    continue;
                if (o.Effect is { } effect ? effect <= newest.Version : o.Version < newest.Version)
                    yield return new(Wrong.OrderBroken, $"{job.Key}: {o.Name} is at {o.Effect ?? o.Version}, though {newest.Name} had been answered at {newest.Version} before");
            }
        }
    }
}
