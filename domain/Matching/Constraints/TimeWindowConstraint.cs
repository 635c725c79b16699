namespace Dispatch.Domain.Matching.Constraints;

/// <summary>Work begins inside one of the job's windows, a depot call inside the depot's hours. Lateness is not for sale here. A time fixed by hand stands in place of the windows.</summary>
public sealed class TimeWindowConstraint : IPlanningConstraint
{
    public string Code => "plan.window_missed";

    public string Remedy => "widen_window";

    public void Compile(CompiledSnapshot model)
    {
        for (var j = 0; j < model.Snapshot.Jobs.Length; j++)
        {
            var windows = model.Snapshot.Jobs[j].Windows;
            if (!windows.IsEmpty && model.Snapshot.Jobs[j].LockedAt is null)
            {
                model.Builder.SetWindows(j, [.. windows
                    .Where(window => window.To >= model.Snapshot.Now)
                    .Select(window => (Math.Max(0, model.Tick(window.From)), model.Tick(window.To)))]);
            }
        }

        for (var d = 0; d < model.Snapshot.Depots.Length; d++)
        {
            if (model.Snapshot.Depots[d].Open is { } open)
            {
                model.Builder.SetDepotHours(d, Math.Max(0, model.Tick(open.From)), model.Tick(open.To));
            }
        }
    }

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (var stop in candidate.Stops)
        {
            if (stop.Job is { LockedAt: null } job && !job.Windows.IsEmpty && !job.Windows.Any(window => Holds(window, stop.StartAt)))
            {
                var close = job.Windows.Max(window => window.To);
                return this.Violated(
                    (long)(stop.StartAt - close).TotalMilliseconds, ("job", job.Id.Value), ("start_at", stop.StartAt), ("closes", close));
            }

            if (stop.Depot is { Open: { } open } depot && !Holds(open, stop.StartAt))
            {
                return this.Violated(
                    (long)(stop.StartAt - open.To).TotalMilliseconds, ("depot", depot.Id.Value), ("start_at", stop.StartAt), ("closes", open.To));
            }
        }

        return null;
    }

    private static bool Holds(TimeWindow window, DateTimeOffset moment) => window.From <= moment && moment <= window.To;
}
