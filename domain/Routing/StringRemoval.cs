namespace Dispatch.Domain.Routing;

/// <summary>
/// Ruin of "slack induction by string removals" (Christiaens and Vanden Berghe 2020): takes strings of neighbouring stops out of a few routes that pass
/// near one job, so that there is room both in place and in time.
/// </summary>
internal sealed class StringRemoval(SearchState state, Neighbours neighbours)
{
    /// <summary>Jobs taken out per round, on average.</summary>
    private const int MeanRemoved = 10;

    private const int LongestString = 10;

    /// <summary>Chance that a string leaves some of its stops in place.</summary>
    private const double SplitChance = 0.5;

    /// <summary>Chance that it leaves one more.</summary>
    private const double SplitDepth = 0.5;

    private readonly TouchedSet ruined = new(state.Problem.Technicians);
    private int[] positions = new int[64];
    private readonly int[] chosen = new int[LongestString];

    public void Ruin(ref Xoshiro chance)
    {
        var problem = state.Problem;
        var served = problem.Jobs - state.Unserved.Count;
        if (served == 0)
        {
            return;
        }

        var longest = Math.Min(LongestString, Math.Max(1, (double)served / UsedRoutes()));
        var most = (4.0 * MeanRemoved / (1 + longest)) - 1;
        var strings = (int)((chance.Unit() * most) + 1);
        ruined.Clear();
        var seed = chance.Below(problem.Jobs);
        foreach (var job in neighbours.Of(seed))
        {
            if (ruined.Items.Length >= strings)
            {
                break;
            }

            var technician = state.RouteOf(job);
            if (technician >= 0 && !ruined.Contains(technician))
            {
                ruined.Add(technician);
                RemoveString(state.Routes[technician], job, longest, ref chance);
            }
        }
    }

    private int UsedRoutes()
    {
        var used = 0;
        foreach (var route in state.Routes)
        {
            used += route.JobCount > 0 ? 1 : 0;
        }

        return used;
    }

    private void RemoveString(Route route, int job, double longest, ref Xoshiro chance)
    {
        var problem = state.Problem;
        if (positions.Length < route.Count)
        {
            positions = new int[route.Count * 2];
        }

        var jobs = 0;
        var own = 0;
        for (var i = 1; i < route.Count - 1; i++)
        {
            var served = problem.JobOf[route.Nodes[i]];
            if (served >= 0)
            {
                own = served == job ? jobs : own;
                positions[jobs++] = i;
            }
        }

        var length = Math.Min(jobs, (int)((chance.Unit() * Math.Min(jobs, longest)) + 1));
        var spared = 0;
        if (length > 1 && length < jobs && chance.Unit() < SplitChance)
        {
            spared = 1;
            while (length + spared < jobs && chance.Unit() > SplitDepth)
            {
                spared++;
            }
        }

        // The string, spared stops included, covers the job and stays within the route.
        var span = length + spared;
        var first = Math.Max(0, own - span + 1);
        var last = Math.Min(own, jobs - span);
        var begin = first + chance.Below(last - first + 1);
        var spareFrom = spared == 0 ? span : chance.Below(length + 1);
        var count = 0;
        for (var i = 0; i < span; i++)
        {
            if (i < spareFrom || i >= spareFrom + spared)
            {
                chosen[count++] = positions[begin + i];
            }
        }

        state.Remove(route.Technician, chosen.AsSpan(0, count));
    }
}
