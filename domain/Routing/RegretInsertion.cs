namespace Dispatch.Domain.Routing;

/// <summary>
/// Insertion from nothing: always the job that would lose most if its best route were gone (regret), so that what has few ways in is not left over.
/// A job with a single way in goes before all others.
/// </summary>
internal sealed class RegretInsertion(SearchState state, Recreate recreate)
{
    /// <summary>Above this many jobs the drawn-out comparison costs more than it gains; each then takes its cheapest place in turn.</summary>
    private const int MostCompared = 3_000;

    /// <summary>One pass over the unserved jobs.</summary>
    public void Run(ref Xoshiro chance)
    {
        if (state.Unserved.Count > MostCompared)
        {
            recreate.Run(ref chance, blinks: false);
        }
        else
        {
            Pass();
        }
    }

    private void Pass()
    {
        var jobs = state.Unserved.Order().ToList();
        state.Unserved.Clear();
        var best = new Insertion[jobs.Count];
        var owner = new int[jobs.Count];
        while (jobs.Count > 0)
        {
            var chosen = -1;
            var highest = long.MinValue;
            for (var i = jobs.Count - 1; i >= 0; i--)
            {
                var regret = Regret(jobs[i], out best[i], out owner[i]);
                if (!best[i].Exists)
                {
                    state.Unserved.Add(jobs[i]);
                    jobs.RemoveAt(i);
                    Array.Copy(best, i + 1, best, i, jobs.Count - i);
                    Array.Copy(owner, i + 1, owner, i, jobs.Count - i);
                    chosen = chosen > i ? chosen - 1 : chosen;
                }
                else if (regret > highest)
                {
                    highest = regret;
                    chosen = i;
                }
            }

            if (chosen >= 0)
            {
                state.Apply(owner[chosen], best[chosen]);
                jobs.RemoveAt(chosen);
            }
        }
    }

    // Staying unserved is one of the alternatives, so that scarce and important jobs go first.
    private long Regret(int job, out Insertion best, out int technician)
    {
        best = Insertion.None;
        technician = -1;
        var second = state.Problem.UnservedCost[job];
        recreate.BeginLook();
        foreach (var route in state.Routes)
        {
            if (!recreate.IsWorthALook(route, job))
            {
                continue;
            }

            var found = recreate.Find(route, job);
            if (found.Delta < best.Delta)
            {
                second = Math.Min(second, best.Delta);
                best = found;
                technician = route.Technician;
            }
            else if (found.Delta < second)
            {
                second = found.Delta;
            }
        }

        return second - best.Delta;
    }
}
