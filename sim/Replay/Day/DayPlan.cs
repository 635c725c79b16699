using System.Collections.Immutable;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Replay.Instances;
using Dispatch.Sim.Phones;

namespace Dispatch.Sim.Replay.Day;

/// <summary>What the server meant to do at one moment: per technician the nodes promised, then those planned. It tells what planning lost from what the day lost.</summary>
public sealed record DayPlan(ImmutableArray<ImmutableArray<int>> Routes)
{
    /// <summary>Requests in a route.</summary>
    public int Placed(TrspInstance instance) => Routes.Sum(r => r.Count(instance.IsRequest));

    /// <summary>A refusal where the server tells no plan.</summary>
    public static async Task<ApiResult<DayPlan>> Read(ApiClient manager, string zone, JobDirectory jobs, IReadOnlyList<Phone> phones, CancellationToken cancellation)
    {
        ApiResult<PlanView> answer = await manager.Get<PlanView>($"v1/zones/{zone}/plan", cancellation);
        if (answer is ApiResult<PlanView>.Refused no)
            return new ApiResult<DayPlan>.Refused(no.Problem);
        PlanView plan = answer.Must("plan");
        IReadOnlyDictionary<string, int> nodes = jobs.Filed;
        Dictionary<string, IReadOnlyList<PlanStop>> stops = plan.Routes.ToDictionary(r => r.TechnicianId, r => r.Stops, StringComparer.Ordinal);
        return new ApiResult<DayPlan>.Ok(new DayPlan([.. phones.Select(p => RouteOf(p.State, stops.GetValueOrDefault(p.Technician, []), nodes))]));
    }

    /// <summary>What was promised since the plan was made may still stand in it; it counts once, where it was promised.</summary>
    public static ImmutableArray<int> RouteOf(PhoneState phone, IReadOnlyList<PlanStop> planned, IReadOnlyDictionary<string, int> nodes)
    {
        List<int> route = [.. phone.Done.Select(d => d.Node)];
        if (phone.Leg is { } leg)
            route.Add(leg.Stop.Node);
        route.AddRange(phone.Ahead.Select(s => s.Node));
        foreach (PlanStop stop in planned)
            if ((stop.Kind == "depot" ? 0 : nodes.GetValueOrDefault(stop.JobId ?? "", -1)) is var node and >= 0 && !route.Contains(node))
                route.Add(node);
        return [.. route];
    }
}
