using Dispatch.Bench.Dynamic;
using Dispatch.Instances;
using Dispatch.Domain.Matching;

namespace Bench.Tests.Dynamic;

public sealed class DaySimulatorTests
{
    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, false, true)]
    [InlineData(1, true, true)]
    [InlineData(2, true, false)]
    [InlineData(3, true, true)]
    [InlineData(4, true, true)]
    public void EveryDay_KeepsEveryRule(int seed, bool searched, bool standsBy)
    {
        var day = new SmallDay(seed);
        IDayPlanner planner = searched ? SmallDay.Search() : new CheapestInsertion();

        foreach (DeparturePolicy policy in new[] { DeparturePolicy.AtOnce, new(0, 0), new(DayInstance.Ticks(20), DayInstance.Ticks(5)) })
        {
            DayRecord record = day.Run(planner, policy, standsBy);

            Assert.Null(DayChecker.FirstBrokenRule(day.Instance, day.Releases, record));
            Assert.True(record.NotServed.Count < 16, "More than half of the requests were left.");
        }
    }

    [Fact]
    public void Planner_SeesNoRequestBeforeItIsKnown_AndEachAsSoonAsItIs()
    {
        var day = new SmallDay(1);
        var witness = new SmallDay.Witness(SmallDay.Search());
        day.Run(witness);

        foreach ((long now, int[] open, _) in witness.Looks)
            Assert.All(open, request => Assert.True(day.Releases[request] * DayInstance.TicksPerUnit <= now));
        Assert.All(day.Releases, release => Assert.Contains(
            witness.Looks, look => look.Now == (long)(Math.Max(0, release.Value) * DayInstance.TicksPerUnit) && look.Open.Contains(release.Key)));
    }

    [Fact]
    public void TechnicianOnTheWay_IsNeverSentElsewhere()
    {
        var day = new SmallDay(2);
        var witness = new SmallDay.Witness(SmallDay.Search());
        DayRecord record = day.Run(witness);

        Assert.Contains(witness.Looks, look => look.Stops.Any(stops => stops.Any(stop => stop.Start > look.Now)));
        Assert.All(witness.Looks, look => Assert.All(
            look.Stops.Zip(record.Stops), pair => Assert.Equal(pair.First, pair.Second.Take(pair.First.Length))));
    }

    [Fact]
    public void EverythingSetOffTo_WasDecidedNoEarlierThanThePlanItComesFrom()
    {
        var day = new SmallDay(3);
        var witness = new SmallDay.Witness(SmallDay.Search());
        DayRecord record = day.Run(witness);

        // A stop that was not yet there at a look is decided at that moment or later.
        foreach ((long now, _, DayStop[][] stops) in witness.Looks)
            Assert.All(record.Stops.SelectMany((all, t) => all.Skip(stops[t].Length)), stop => Assert.True(stop.Decided >= now));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AfterTheLastStop_WhoStandsByCanBeSentOn_WhoGoesHomeCannot(bool standsBy)
    {
        // One technician at 0; the first request at 10 is done by 25, the second at 20 becomes known at 100.
        TrspRow[] rows =
        [
            new(0, 0, 0, 0, 1000, 0, [], [], []),
            new(1, 0, 0, 0, 1000, 0, [], [], []),
            new(2, 10, 0, 20, 20, 5, [], [], []),
            new(3, 20, 0, 0, 500, 5, [], [], []),
        ];
        var day = new DayInstance(new TrspInstance("two", 1, 0, 0, 0, rows));
        DayRecord record = new DaySimulator(
            day, new Dictionary<int, double> { [2] = -1, [3] = 100 }, new CheapestInsertion(), DeparturePolicy.AtOnce, standsBy).Run();

        Assert.Equal(standsBy ? [2, 3] : [2], record.Stops[0].Select(stop => stop.Node));
        Assert.Equal(standsBy ? [] : [3], record.NotServed);
        // From home at 10 to home again: 10 there, 5 of work, and either 10 back or 85 of waiting and 15 of work and ways there, 20 back.
        Assert.Equal(standsBy ? 125 : 25, DayFigures.Of(record).Duration);
        Assert.Equal(standsBy ? 115 : 20, DayFigures.Of(record).Movable);
    }

    [Fact]
    public void SameSeed_GivesTheSameDay_AnotherSeedAnother()
    {
        var day = new SmallDay(4);
        string first = Told(day.Run(SmallDay.Search(7)));

        Assert.Equal(first, Told(day.Run(SmallDay.Search(7))));
        Assert.Contains(Enumerable.Range(8, 5), seed => Told(day.Run(SmallDay.Search((ulong)seed))) != first);
    }

    [Fact]
    public void Checker_NoticesEveryKindOfBreach()
    {
        var day = new SmallDay(1);
        DayRecord record = day.Run(SmallDay.Search());
        (int t, int at) = Enumerable.Range(0, day.Day.Crew)
            .SelectMany(t => record.Stops[t].Select((stop, i) => (t, i)))
            .First(place => record.Stops[place.t][place.i].Node is var node && node != 0 && day.Releases[node] > 0);
        DayStop stop = record.Stops[t][at];

        Assert.Equal("decided before it was known", Broken(stop with { Decided = 0 }));
        Assert.Equal("set off before decided or free", Broken(stop with { Depart = stop.Decided - DayInstance.TicksPerUnit }));
        Assert.Equal("begun before arrival", Broken(stop with { Start = stop.Depart }));
        Assert.Equal("begun outside the window", Broken(stop with { Start = day.Day.Closes(stop.Node) + DayInstance.TicksPerUnit }));
        Assert.Equal("not every request exactly once", Broken(stop with { Node = 0 }));

        string? Broken(DayStop changed) => DayChecker.FirstBrokenRule(
            day.Instance,
            day.Releases,
            record with { Stops = [.. record.Stops.Select((stops, i) => i != t ? stops : [.. stops.Take(at), changed, .. stops.Skip(at + 1)])] });
    }

    private static string Told(DayRecord record) => string.Join('\n', record.Stops.Select(stops => string.Join(' ', stops)));
}
