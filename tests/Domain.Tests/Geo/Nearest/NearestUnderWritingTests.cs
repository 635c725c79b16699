using Dispatch.Domain.Geo;
using Dispatch.Domain.Geo.Nearest;

namespace Domain.Tests.Geo.Nearest;

public sealed class NearestUnderWritingTests
{
    private const int Resting = 200, Moving = 600, Writers = 2, Readers = 2, Questions = 2000;

    /// <summary>
    /// Two threads move every second technician about and let some leave and come back, two ask. Places say who may stand there: the number is in the
    /// fraction of the coordinate, so a torn or mixed-up entry shows.
    /// </summary>
    [Fact]
    public async Task Readers_SeeEverybodyWhoStays_NobodyTwice_AndNobodyWhereHeNeverWas()
    {
        NearestIndex index = new(new PlanePoint(0, 0), new PlanePoint(4000, 4000), Resting + Moving);
        Random random = new(1);
        for (int technician = 0; technician < Resting + Moving; technician++)
            index.Put(technician, Place(random, technician), Skills(technician));
        PlanePoint[] stays = new PlanePoint[Resting];
        for (int technician = 0; technician < Resting; technician++)
            index.Put(technician, stays[technician] = Place(random, technician), Skills(technician));

        using CancellationTokenSource asked = new();
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(w => Task.Run(() => Write(index, w, asked.Token)))];
        Task[] readers = [.. Enumerable.Range(0, Readers).Select(r => Task.Run(() => Ask(index, r, stays)))];
        await Task.WhenAll(readers);
        await asked.CancelAsync();
        await Task.WhenAll(writers);
    }

    private static void Write(NearestIndex index, int seed, CancellationToken end)
    {
        Random random = new(100 + seed);
        while (!end.IsCancellationRequested)
        {
            int technician = Resting + random.Next(Moving);
            if (random.Next(10) == 0)
                index.Remove(technician);
            else
                index.Put(technician, Place(random, technician), Skills(technician));
        }
    }

    private static void Ask(NearestIndex index, int seed, PlanePoint[] stays)
    {
        Random random = new(200 + seed);
        Neighbour[] found = new Neighbour[24];
        for (int question = 0; question < Questions; question++)
        {
            PlanePoint from = new(random.Next(4000), random.Next(4000));
            ulong skill = 1UL << random.Next(2);
            Neighbour[] answer = found[..index.Find(from, skill, found)];

            Assert.Equal(answer.Length, answer.Select(neighbour => neighbour.Technician).Distinct().Count());
            Assert.Equal(answer.OrderBy(neighbour => neighbour.SquareMetres).ThenBy(neighbour => neighbour.Technician), answer);
            Assert.All(answer, neighbour => Assert.InRange(neighbour.Technician, 0, Resting + Moving - 1));
            Assert.All(answer, neighbour => Assert.Equal(Skills(neighbour.Technician), skill));
            if (question % 40 == 0)
                Assert.All(answer, neighbour => Assert.True(CouldStand(neighbour, from), $"{neighbour} seen from {from}"));
            // Whoever stays and is nearer than the furthest found is found.
            double reach = answer.Length < found.Length ? double.PositiveInfinity : answer[^1].SquareMetres;
            HashSet<int> seen = [.. answer.Select(neighbour => neighbour.Technician)];
            for (int technician = 0; technician < stays.Length; technician++)
                Assert.True(Skills(technician) != skill || Square(stays[technician], from) >= reach || seen.Contains(technician), $"{technician} is missing");
        }
    }

    // Everybody stands on a line of his own: whole metres east, north a whole number of metres plus a part that is his alone.
    private static PlanePoint Place(Random random, int technician) => new(random.Next(4000), random.Next(4000) + (technician / 1024.0));

    private static bool CouldStand(Neighbour neighbour, PlanePoint from)
    {
        // Both squares of whole numbers apart from the part that is his: what is left of the distance must fit some whole number of metres north.
        for (int north = 0; north < 4000; north++)
        {
            double up = north + (neighbour.Technician / 1024.0) - from.North;
            double rest = neighbour.SquareMetres - (up * up);
            double east = Math.Round(Math.Sqrt(Math.Max(0, rest)));
            if (Math.Abs(rest - (east * east)) < 1e-6)
                return true;
        }

        return false;
    }

    private static double Square(PlanePoint a, PlanePoint b) => ((a.East - b.East) * (a.East - b.East)) + ((a.North - b.North) * (a.North - b.North));

    private static ulong Skills(int technician) => 1UL << (technician % 2);
}
