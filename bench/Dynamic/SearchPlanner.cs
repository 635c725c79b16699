using Dispatch.Domain.Routing;

namespace Dispatch.Bench.Dynamic;

/// <summary>Plans the rest of the day anew at every event with the routing search, from the plan so far.</summary>
/// <param name="budget">What may be spent on one event.</param>
/// <param name="seed">Source of chance.</param>
public sealed class SearchPlanner(SearchBudget budget, ulong seed) : IDayPlanner
{
    private ulong events;

    public IReadOnlyList<IReadOnlyList<int>> Plan(DayState state)
    {
        var open = new OpenProblem(state);
        var search = new RoutingSearch(open.Problem, seed + (events++ << 20));
        search.TakeOver(open.RoutesOf(state.Plan));
        search.Insert();
        search.Improve(budget.Start());
        return open.PlanOf(search.Best);
    }
}
