using Dispatch.Domain.Matching;

namespace Domain.Tests.Matching;

public sealed class DeparturePolicyTests
{
    private const int Horizon = 120;

    /// <summary>Random small plans: the range says of every moment what trying it says.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Range_AgreesWithTryingEveryMoment(bool hasBegun)
    {
        var random = new Random(1);
        int possible = 0;
        for (int round = 0; round < 5000; round++)
        {
            StopAhead[] ahead = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Any(random))];
            (int from, int wayHome, int shiftEnd) = (random.Next(0, 20), random.Next(0, 10), random.Next(40, 110));
            (long Departure, long Home)[] tried =
            [
                .. Enumerable.Range(from, Horizon).Select(departure => ((long)departure, Walk(departure, ahead, wayHome, shiftEnd))).Where(end => end.Item2 >= 0),
            ];
            DepartureRange? range = DeparturePolicy.Range(from, hasBegun, ahead, wayHome, shiftEnd);

            Assert.Equal(tried.Length > 0, range is not null);
            if (range is not { } found)
                continue;

            possible++;
            // Working time runs from setting off at home, and from now on for who has begun.
            long[] working = [.. tried.Select(end => end.Home - (hasBegun ? from : end.Departure))];
            Assert.Equal(tried[^1].Departure, found.Latest);
            Assert.Equal(tried[Array.IndexOf(working, working.Min())].Departure, found.Soonest);
            Assert.Equal(tried[Array.LastIndexOf(working, working.Min())].Departure, found.Unhurried);
        }

        Assert.InRange(possible, 500, 4900);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(10, 30)]
    [InlineData(25, 25)]
    [InlineData(45, 10)]
    [InlineData(DeparturePolicy.Everything, 10)]
    public void SetOff_KeepsTheReserve_AsFarAsNoWaitingComesOfIt(long reserve, long expected)
    {
        var range = new DepartureRange(10, 30, 50);

        Assert.Equal(expected, new DeparturePolicy(reserve, 0).SetOff(hasBegun: false, range));
        Assert.Equal(expected, new DeparturePolicy(0, reserve).SetOff(hasBegun: true, range));
    }

    private static StopAhead Any(Random random)
    {
        int opens = random.Next(0, 60);
        return new StopAhead(random.Next(0, 12), opens, opens + random.Next(0, 30), random.Next(0, 6));
    }

    private static long Walk(long departure, StopAhead[] ahead, long wayHome, long shiftEnd)
    {
        long time = departure;
        foreach (StopAhead stop in ahead)
        {
            time = Math.Max(time + stop.Travel, stop.Opens);
            if (time > stop.Closes)
                return -1;

            time += stop.Service;
        }

        return time + wayHome <= shiftEnd ? time + wayHome : -1;
    }
}
