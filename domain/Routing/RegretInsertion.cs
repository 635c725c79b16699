namespace Dispatch.Domain.Routing;

/// <summary>
/// Insertion from nothing: always the job that would lose most if its best route were gone (regret), so that what has few ways in is not left over.
/// A job with a single way in goes before all others.
/// </summary>
internal sealed class RegretInsertion(SearchState state, Recreate recreate)
{
    /// <summary>Above this many jobs the drawn-out comparison costs more than it gains; each then takes its cheapest place in turn.</summary>
    private const int MostCompared = 3_000;

    /// <summary>Passes until no more jobs find a place: depot calls that came in, or moved, may let in jobs that were turned away before.</summary>
    public void Run(ref Xoshiro chance)
    {
        int before;
        do
        {
            before = state.Unserved.Count;
            state.SettleDepots();
            RunOnce(ref chance);
        }
        while (state.Unserved.Count < before);
    }

    private void RunOnce(ref Xoshiro chance)
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
        List<Waiting> jobs = [.. state.Unserved.Order().Select(Look)];
        state.Unserved.Clear();
        while (jobs.Count > 0)
        {
            int chosen = -1;
            for (int i = jobs.Count - 1; i >= 0; i--)
            {
                if (!jobs[i].Best.Exists)
                {
                    state.Unserved.Add(jobs[i].Job);
                    jobs.RemoveAt(i);
                    chosen--;
                }
                else if (chosen < 0 || jobs[i].Regret > jobs[chosen].Regret)
                {
                    chosen = i;
                }
            }

            if (chosen < 0)
                continue;
            Waiting next = jobs[chosen];
            jobs.RemoveAt(chosen);
            state.Apply(next.Owner, next.Best);
            Route changed = state.Routes[next.Owner];
            for (int i = 0; i < jobs.Count; i++)
                jobs[i] = LookAgain(jobs[i], changed);
        }
    }

    /// <summary>Only one route has changed: a job that did not count on it compares it with what it knows.</summary>
    private Waiting LookAgain(in Waiting job, Route changed)
    {
        if (job.Owner == changed.Technician || job.Runner == changed.Technician)
            return Look(job.Job);
        Insertion found = state.Problem.RuleOf(changed.Technician, job.Job) == PairRule.Forbidden ? Insertion.None : recreate.Find(changed, job.Job);
        return job.With(found, changed.Technician);
    }

    private Waiting Look(int job)
    {
        // Staying unserved is one of the alternatives, so that scarce and important jobs go first.
        Waiting looked = new(job, Insertion.None, -1, -1, state.Problem.UnservedCost[job]);
        recreate.BeginLook();
        foreach (Route route in state.Routes)
            if (recreate.IsWorthALook(route, job))
                looked = looked.With(recreate.Find(route, job), route.Technician);
        return looked;
    }

    /// <param name="Job">The job.</param>
    /// <param name="Best">Its cheapest way in.</param>
    /// <param name="Owner">Whose route that is, or −1.</param>
    /// <param name="Runner">Whose route is the second best, or −1 where that is staying unserved.</param>
    /// <param name="Second">What the second best costs.</param>
    private readonly record struct Waiting(int Job, Insertion Best, int Owner, int Runner, long Second)
    {
        public long Regret => Second - Best.Delta;

        public Waiting With(in Insertion found, int technician) =>
            found.Delta < Best.Delta ? new Waiting(Job, found, technician, Best.Exists && Best.Delta < Second ? Owner : Runner, Math.Min(Second, Best.Delta))
            : found.Delta < Second ? this with { Runner = technician, Second = found.Delta }
            : this;
    }
}
