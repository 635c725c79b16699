namespace Dispatch.Domain.Matching.Constraints;

/// <summary>The technician is back home, or done where he does not return, when the shift ends, or the overtime after it; arriving at that very moment is in time.</summary>
public sealed class ShiftConstraint : IPlanningConstraint
{
    public string Code => "plan.shift_exceeded";

    public string Remedy => "extend_shift";

    public void Compile(CompiledSnapshot model)
    {
        for (var t = 0; t < model.Snapshot.Technicians.Length; t++)
        {
            model.Builder.SetShiftEnd(t, model.Tick(model.Snapshot.Technicians[t].LastEnd));
        }
    }

    public Violation? Check(RouteCandidate candidate)
    {
        var over = candidate.EndAt - candidate.Technician.LastEnd;
        return over > TimeSpan.Zero
            ? this.Violated((long)over.TotalMilliseconds, ("ends_at", candidate.EndAt), ("shift_end", candidate.Technician.LastEnd))
            : null;
    }
}
