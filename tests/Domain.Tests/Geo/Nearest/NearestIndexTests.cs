using Dispatch.Domain.Geo;
using Dispatch.Domain.Geo.Nearest;

namespace Domain.Tests.Geo.Nearest;

public sealed class NearestIndexTests
{
    private static readonly PlanePoint SouthWest = new(-5000, -5000), NorthEast = new(5000, 5000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Found_IsWhatLookingAtEverybodyFinds_AlsoAfterMovesAndLeaves(bool clustered)
    {
        Random random = new(clustered ? 1 : 2);
        NearestIndex index = new(SouthWest, NorthEast, 500);
        Dictionary<int, (PlanePoint At, ulong Skills)> known = [];
        for (int step = 0; step < 4000; step++)
        {
            int technician = random.Next(900);
            if (random.Next(6) == 0)
            {
                Assert.Equal(known.Remove(technician), index.Remove(technician));
            }
            else
            {
                known[technician] = (Somewhere(random, clustered), Skills(random));
                index.Put(technician, known[technician].At, known[technician].Skills);
            }

            Assert.Equal(known.Count, index.Count);
            if (step % 4 == 0)
                AssertFound(index, known, Somewhere(random, clustered), Skills(random), random.Next(1, 40));
        }
    }

    [Fact]
    public void EquallyNear_AreInTheOrderOfTheirNumbers()
    {
        NearestIndex index = new(SouthWest, NorthEast, 4);
        foreach (int technician in new[] { 7, 3, 5, 1 })
            index.Put(technician, new PlanePoint(technician % 4 == 1 ? 100 : -100, 0), 1);
        Neighbour[] found = new Neighbour[3];

        Assert.Equal(3, index.Find(new PlanePoint(0, 0), 1, found));
        Assert.Equal([1, 3, 5], found.Select(neighbour => neighbour.Technician));
    }

    [Fact]
    public void NobodyWithTheSkill_IsNobodyFound()
    {
        NearestIndex index = new(SouthWest, NorthEast, 100);
        for (int technician = 0; technician < 100; technician++)
            index.Put(technician, new PlanePoint(technician, technician), 0b011);

        Assert.Equal(0, index.Find(default, 0b100, new Neighbour[5]));
        Assert.Equal(0, index.Find(default, 0b111, new Neighbour[5]));
        Assert.Equal(5, index.Find(default, 0b011, new Neighbour[5]));
        Assert.Equal(0, index.Find(default, 0b011, []));
    }

    [Fact]
    public void LostSkill_IsNotFoundAnyMore()
    {
        NearestIndex index = new(SouthWest, NorthEast, 2);
        index.Put(0, default, 3);
        index.Put(1, new PlanePoint(9, 9), 3);
        index.Put(0, default, 1);
        Neighbour[] found = new Neighbour[2];

        Assert.Equal(1, index.Find(default, 2, found));
        Assert.Equal(1, found[0].Technician);
    }

    [Theory]
    [InlineData(-5000, -5000)]
    [InlineData(5000, 5000)]
    [InlineData(0, 5000)]
    [InlineData(90_000, -70_000)]
    [InlineData(-5000.0000001, 0)]
    public void BordersAndBeyond_AreSearchedLikeAnythingElse(double east, double north)
    {
        Random random = new(3);
        NearestIndex index = new(SouthWest, NorthEast, 300);
        Dictionary<int, (PlanePoint At, ulong Skills)> known = [];
        for (int technician = 0; technician < 300; technician++)
        {
            // On the lines between cells, on the border, and far outside.
            PlanePoint at = new(Math.Round((random.NextDouble() - 0.5) * 24) * 1000, random.Next(5) == 0 ? random.Next(-100_000, 100_000) : Math.Round((random.NextDouble() - 0.5) * 10) * 1000);
            known[technician] = (at, Skills(random));
            index.Put(technician, at, known[technician].Skills);
        }

        for (int wanted = 1; wanted < 310; wanted += 28)
            AssertFound(index, known, new PlanePoint(east, north), 0, wanted);
        AssertFound(index, known, new PlanePoint(east, north), 1, 16);
    }

    [Fact]
    public void PlaceWithoutCoordinates_IsRefused()
    {
        NearestIndex index = new(SouthWest, NorthEast, 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => index.Put(0, new PlanePoint(double.NaN, 0), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Put(-1, default, 1));
        Assert.False(index.Remove(5));
        Assert.Equal(0, index.Count);
    }

    [Fact]
    public void Question_AllocatesNothing()
    {
        Random random = new(5);
        NearestIndex index = new(SouthWest, NorthEast, 2000);
        for (int technician = 0; technician < 2000; technician++)
            index.Put(technician, Somewhere(random, false), Skills(random));
        Neighbour[] found = new Neighbour[16];
        index.Find(default, 1, found);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            index.Find(new PlanePoint(i * 40, -i * 30), 1, found);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void AssertFound(NearestIndex index, Dictionary<int, (PlanePoint At, ulong Skills)> known, PlanePoint from, ulong skills, int wanted)
    {
        Neighbour[] found = new Neighbour[wanted];
        int count = index.Find(from, skills, found);
        int[] expected = [.. known
            .Where(entry => (entry.Value.Skills & skills) == skills)
            .OrderBy(entry => Square(entry.Value.At, from))
            .ThenBy(entry => entry.Key)
            .Take(wanted)
            .Select(entry => entry.Key)];

        Assert.Equal(expected, found.Take(count).Select(neighbour => neighbour.Technician));
        Assert.All(found.Take(count), neighbour => Assert.Equal(known[neighbour.Technician].At.DistanceTo(from), neighbour.Metres, 1e-6));
    }

    private static double Square(PlanePoint a, PlanePoint b) => ((a.East - b.East) * (a.East - b.East)) + ((a.North - b.North) * (a.North - b.North));

    private static PlanePoint Somewhere(Random random, bool clustered)
    {
        (double spread, double centre) = clustered ? (300, random.Next(-2, 3) * 2000) : (12_000, 0);
        // Whole metres, so that several stand at the same place.
        return new PlanePoint(Math.Round(centre + ((random.NextDouble() - 0.5) * spread)), Math.Round(centre + ((random.NextDouble() - 0.5) * spread)));
    }

    private static ulong Skills(Random random) => (1UL << random.Next(4)) | (random.Next(2) == 0 ? 1UL << random.Next(4) : 0);
}
