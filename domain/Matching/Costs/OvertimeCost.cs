namespace Dispatch.Domain.Matching.Costs;

/// <summary>
/// Minutes after the shift's end, beside what any minute costs. Somebody whom earlier promises keep beyond it already is charged only from when they are free: what is committed is no
/// longer for this plan to avoid.
/// </summary>
public sealed class OvertimeCost : IPlanningCost
{
    public string Name => "overtime";

    public void Compile(CompiledSnapshot model)
    {
        for (int t = 0; t < model.Snapshot.Technicians.Length; t++)
            if (model.Snapshot.Technicians[t] is var technician && technician.LastEnd > technician.ShiftEnd && model.Rules.Prices.OvertimePerMinute != 0)
                model.Builder.SetOvertime(t, model.Tick(ChargedFrom(technician, model.Snapshot.Now)), model.Rules.Prices.OvertimePerMinute);
    }

    public long OfRoute(PlannedRoute route, PricingContext context)
    {
        TechnicianSnapshot technician = context.Technician(route.Technician);
        if (technician.LastEnd <= technician.ShiftEnd || (route.HomeAt ?? (route.Stops.IsEmpty ? route.LeavesAt : route.Stops[^1].FinishAt)) is not { } ends)
            return 0;
        TimeSpan over = ends - ChargedFrom(technician, context.Now);
        return over > TimeSpan.Zero ? PlanMoney.OfTime(over, context.Rules.Prices.OvertimePerMinute) : 0;
    }

    private static DateTimeOffset ChargedFrom(TechnicianSnapshot technician, DateTimeOffset now) => new[] { technician.ShiftEnd, technician.FreeAt, technician.ShiftStart, now }.Max();
}
