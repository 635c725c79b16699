namespace Dispatch.Domain.Matching.Constraints;

/// <summary>Every break that is due begins within its window, wherever the technician is then. What is left of them behind the last stop still fits into the shift.</summary>
public sealed class BreakConstraint : IPlanningConstraint
{
    /// <summary>Above the price of all the jobs that a break could ever make room for.</summary>
    private const long Missed = 1L << 52;

    public string Code => "plan.break_missed";

    public string Remedy => "move_break";

    public void Compile(CompiledSnapshot model)
    {
        foreach ((int job, _, BreakSnapshot pause) in model.Breaks.All)
        {
            model.Builder.SetWindows(job, [(model.Tick(pause.Window.From), model.Tick(pause.Window.To))]);
            model.Builder.AddUnservedCost(job, Missed);
        }
    }

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (CandidateStop stop in candidate.Stops)
            if (stop.Break is { } pause && stop.StartAt > pause.Window.To)
                return Late(pause, stop.StartAt);
        DateTimeOffset time = candidate.DoneAt;
        foreach (BreakSnapshot pause in candidate.MissingBreaks)
        {
            DateTimeOffset begins = time > pause.Window.From ? time : pause.Window.From;
            if (begins > pause.Window.To)
                return Late(pause, begins);
            time = begins + pause.Length;
        }

        TimeSpan over = time + (candidate.EndAt - candidate.DoneAt) - candidate.Technician.LastEnd;
        return time > candidate.DoneAt && over > TimeSpan.Zero
            ? this.Violated((long)over.TotalMilliseconds, ("start_at", candidate.DoneAt), ("shift_end", candidate.Technician.LastEnd))
            : null;
    }

    private Violation Late(BreakSnapshot pause, DateTimeOffset begins) => this.Violated(
        (long)(begins - pause.Window.To).TotalMilliseconds, ("start_at", begins), ("opens", pause.Window.From), ("closes", pause.Window.To));
}
