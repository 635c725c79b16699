using System.Collections.Concurrent;

namespace Dispatch.Domain.Geo.Nearest;

/// <summary>
/// <see cref="NearestIndex"/> by technicians' ids and places on the map: who could be asked first about an urgent job. Distances are straight ones on a
/// flat map around the middle of the area, so the order is exact there and as good as that map elsewhere.
/// </summary>
/// <remarks>Safe for concurrent use as the index is. A technician keeps his number once he has one, also after leaving.</remarks>
public sealed class TechnicianFinder
{
    private const int MostAsked = 1024;

    private readonly PlanarFrame frame;
    private readonly NearestIndex index;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<TechnicianId, int> numbers = new();
    private readonly ConcurrentDictionary<int, TechnicianId> ids = new();

    /// <param name="middle">The middle of the area.</param>
    /// <param name="metres">Half its side.</param>
    /// <param name="technicians">About how many are expected.</param>
    public TechnicianFinder(Place middle, double metres, int technicians)
    {
        frame = new PlanarFrame(middle);
        index = new NearestIndex(new PlanePoint(-metres, -metres), new PlanePoint(metres, metres), technicians);
    }

    public int Count => index.Count;

    /// <summary>Takes a technician in, or changes where he is and what he can.</summary>
    public void Put(TechnicianId technician, Place at, ulong skills)
    {
        if (!numbers.TryGetValue(technician, out int number))
            number = NumberOf(technician);
        index.Put(number, frame.ToPlane(at), skills);
    }

    /// <summary>Takes a technician out; false where he was not in it.</summary>
    public bool Remove(TechnicianId technician) => numbers.TryGetValue(technician, out int number) && index.Remove(number);

    /// <summary>The nearest technicians who have all of the skills, nearest first, at most so many.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one or more than 1,024 are asked for.</exception>
    public (TechnicianId Technician, double Metres)[] Candidates(Place place, ulong skills, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, MostAsked);
        Span<Neighbour> found = stackalloc Neighbour[most];
        int count = index.Find(frame.ToPlane(place), skills, found);
        (TechnicianId, double)[] candidates = new (TechnicianId, double)[count];
        for (int i = 0; i < count; i++)
            candidates[i] = (ids[found[i].Technician], found[i].Metres);
        return candidates;
    }

    private int NumberOf(TechnicianId technician)
    {
        lock (gate)
        {
            if (numbers.TryGetValue(technician, out int number))
                return number;
            number = ids.Count;
            ids[number] = technician;
            numbers[technician] = number;
            return number;
        }
    }
}
