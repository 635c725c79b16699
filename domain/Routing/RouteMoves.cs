namespace Dispatch.Domain.Routing;

/// <summary>
/// Changes that string removal finds only by luck: a technician's whole day is given up, or two technicians take over each other's. They matter where technicians
/// differ, by home, skills or stock.
/// </summary>
internal sealed class RouteMoves(SearchState state)
{
    /// <summary>A longer route is not given up in one go.</summary>
    private const int MostGivenUp = 15;

    private readonly int[] drawn = new int[state.Problem.Technicians];
    private readonly int[] positions = new int[MostGivenUp];

    /// <summary>Takes every job out of one route drawn by chance. Returns whose it was, or −1 where none is short enough.</summary>
    public int GiveUp(ref Xoshiro chance)
    {
        int count = 0;
        foreach (Route route in state.Routes)
            if (route.JobCount is > 0 and <= MostGivenUp)
                drawn[count++] = route.Technician;
        if (count == 0)
            return -1;
        Route chosen = state.Routes[drawn[chance.Below(count)]];
        int jobs = 0;
        for (int i = 1; i < chosen.Count - 1; i++)
            if (i != chosen.DepotAt && state.Problem.PlaceOf[chosen.Nodes[i]] >= 0)
                positions[jobs++] = i;
        if (jobs == 0)
            return -1;
        state.Remove(chosen.Technician, positions.AsSpan(0, jobs));
        return chosen.Technician;
    }

    /// <summary>Lets two technicians, one of them perhaps without work, exchange their jobs in order. False, and nothing changed, where one cannot do the other's.</summary>
    public bool TryExchange(ref Xoshiro chance)
    {
        int count = 0;
        foreach (Route route in state.Routes)
            if (route.JobCount > 0)
                drawn[count++] = route.Technician;
        if (count == 0)
            return false;
        int one = drawn[chance.Below(count)];
        int other = chance.Below(state.Problem.Technicians);
        return one != other && state.TryExchange(one, other);
    }
}
