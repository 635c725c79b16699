namespace Dispatch.Domain.Matching.Constraints;

/// <summary>Work begins inside one of the job's windows, a depot call inside the depot's hours. Lateness is not for sale here.</summary>
public sealed class TimeWindowConstraint : IPlanningConstraint
{
    public string Code => "plan.window_missed";

    public string Remedy => "widen_window";

    public void Compile(CompiledSnapshot model)
    {
        for (var j = 0; j < model.Snapshot.Jobs.Length; j++)
        {
            var windows = model.Snapshot.Jobs[j].Windows;
            if (!windows.IsEmpty)
            {
                model.Builder.SetWindows(j, [.. windows
                    .Where(window => window.Closes >= model.Snapshot.Now)
                    .Select(window => (Math.Max(0, model.Tick(window.Opens)), model.Tick(window.Closes)))]);
            }
        }

        for (var d = 0; d < model.Snapshot.Depots.Length; d++)
        {
            if (model.Snapshot.Depots[d].Open is { } open)
            {
                model.Builder.SetDepotHours(d, Math.Max(0, model.Tick(open.Opens)), model.Tick(open.Closes));
            }
        }
    }

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (var stop in candidate.Stops)
        {
            if (stop.Job is { } job && !job.Windows.IsEmpty && !job.Windows.Any(window => window.Contains(stop.StartAt)))
            {
                var close = job.Windows.Max(window => window.Closes);
                return this.Violated(
                    (long)(stop.StartAt - close).TotalMilliseconds, ("job", job.Id.Value), ("start_at", stop.StartAt), ("closes", close));
            }

            if (stop.Depot is { Open: { } open } depot && !open.Contains(stop.StartAt))
            {
                return this.Violated(
                    (long)(stop.StartAt - open.Closes).TotalMilliseconds, ("depot", depot.Id.Value), ("start_at", stop.StartAt), ("closes", open.Closes));
            }
        }

        return null;
    }
}
