using System.Collections.Immutable;

namespace Dispatch.Domain.Routing;

/// <summary>
/// Search of a large problem: again and again it is cut into parts of neighbouring routes, the cuts elsewhere each time, and each part is searched on its own for a
/// while. Parts share nothing, so that any number of threads gives the same plan.
/// </summary>
internal sealed class PartedSearch : ISearchStrategy
{
    /// <summary>Problems with more jobs than this are cut.</summary>
    public const int MostJobsUncut = 300;

    private const int JobsPerPart = 160;
    private const int RoundsPerJob = 15;

    private readonly RoutingProblem problem;
    private readonly SearchState state;
    private readonly RouteClusters clusters;
    private readonly int threads;
    private Xoshiro chance;
    private long rounds;
    private long improvements;

    public PartedSearch(RoutingProblem problem, ulong seed, int threads)
    {
        this.problem = problem;
        this.threads = threads;
        state = new SearchState(problem);
        clusters = new RouteClusters(problem);
        chance = new Xoshiro(seed);
    }

    public RoutingSolution Best => state.Best(rounds, improvements);

    public void TakeOver(ImmutableArray<ImmutableArray<int>> routes)
    {
        for (int t = 0; t < routes.Length; t++)
            state.TrySet(t, routes[t].AsSpan());
        KeepAsBest();
    }

    public void Insert()
    {
        new RegretInsertion(state, new Recreate(state)).Run(ref chance);
        KeepAsBest();
    }

    public void Improve(SearchLimit limit)
    {
        while (limit.ShareUsed(rounds, now: true) is < 1 and var share)
        {
            (int[] Technicians, int[] Jobs)[] cuts = clusters.Divide(state, JobsPerPart, ref chance);
            ulong seed = chance.Next();
            RoutingSolution?[] found = new RoutingSolution?[cuts.Length];
            ProblemPart[] parts = new ProblemPart[cuts.Length];
            Each(cuts.Length, i =>
            {
                parts[i] = new ProblemPart(problem, cuts[i].Technicians, cuts[i].Jobs);
                found[i] = Search(parts[i], limit, share, seed + (ulong)i);
            });
            for (int i = 0; i < cuts.Length; i++)
                Take(parts[i], found[i]!);
            KeepAsBest();
        }
    }

    private RoutingSolution Search(ProblemPart part, SearchLimit limit, double share, ulong seed)
    {
        int[] partJob = new int[problem.Jobs];
        for (int j = 0; j < part.Jobs.Length; j++)
            partJob[part.Jobs[j]] = j;
        Annealing search = new(part.Problem, seed);
        ImmutableArray<int>[] routes = new ImmutableArray<int>[part.Technicians.Length];
        for (int t = 0; t < routes.Length; t++)
            routes[t] = [.. part.Translate(state.Routes[part.Technicians[t]].Nodes[1..^1], partJob)];
        search.TakeOver(routes);
        long most = (long)part.Jobs.Length * RoundsPerJob;
        search.Improve(round => round >= most || limit.ShareUsed(round) >= 1 ? 1 : share);
        search.Settle();
        return search.Best;
    }

    private void Take(ProblemPart part, RoutingSolution found)
    {
        rounds += found.Iterations;
        improvements += found.Improvements;
        ReadOnlySpan<int> technicians = part.Technicians;
        foreach (int technician in technicians)
            state.Empty(technician);
        for (int t = 0; t < technicians.Length; t++)
            state.TrySet(technicians[t], [.. found.Routes[t].Select(part.WholeNode)]);
    }

    private void Each(int count, Action<int> action)
    {
        if (threads == 1)
        {
            for (int i = 0; i < count; i++)
                action(i);
            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, action);
    }

    private void KeepAsBest()
    {
        state.Keep();
        state.SaveBest();
    }
}
