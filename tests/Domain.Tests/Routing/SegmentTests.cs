using Dispatch.Domain.Routing;

namespace Domain.Tests.Routing;

public sealed class SegmentTests
{
    /// <summary>Random runs of stops: the joined segment says of every possible start what walking the run says.</summary>
    [Fact]
    public void JoinedRun_AgreesWithWalkingIt()
    {
        var random = new Random(1);
        for (var round = 0; round < 3000; round++)
        {
            var stops = Enumerable.Range(0, random.Next(1, 6))
                .Select(_ => (Travel: random.Next(0, 8), Open: random.Next(0, 30), Width: random.Next(0, 20), Service: random.Next(0, 5)))
                .ToArray();
            var run = Run(stops);
            var walks = Enumerable.Range(0, 60).Select(start => Walk(stops, start)).ToArray();
            var least = walks.Min(end => end.Duration);

            Assert.Equal(run is not null, least < long.MaxValue);
            if (run is { } segment)
            {
                Assert.Equal(least, segment.Duration);
                Assert.Equal(Array.FindIndex(walks, walk => walk.Duration == least), segment.Earliest);
                Assert.Equal(Array.FindLastIndex(walks, walk => walk.Duration < long.MaxValue), segment.Latest);
                Assert.Equal(walks.Where(walk => walk.Duration < long.MaxValue).Min(walk => walk.End), segment.Done);
            }
        }
    }

    [Fact]
    public void JoinedDuration_IsThatOfTheJoinedRun()
    {
        var random = new Random(2);
        for (var round = 0; round < 3000; round++)
        {
            var (first, second) = (Any(random), Any(random));
            var travel = random.Next(0, 20);
            var fits = first.TryJoin(travel, second, out var joined);

            Assert.Equal(fits ? joined.Duration : long.MaxValue, first.JoinedDuration(travel, second));
        }
    }

    private static Segment Any(Random random)
    {
        long earliest = random.Next(0, 50);
        return new Segment(random.Next(0, 20), earliest, earliest + random.Next(0, 30));
    }

    private static Segment? Run((int Travel, int Open, int Width, int Service)[] stops)
    {
        var run = Of(stops[0]);
        foreach (var stop in stops[1..])
        {
            if (!run.TryJoin(stop.Travel, Of(stop), out run))
            {
                return null;
            }
        }

        return run;
    }

    private static Segment Of((int Travel, int Open, int Width, int Service) stop) => new(stop.Service, stop.Open, stop.Open + stop.Width);

    /// <summary>Begins work at the first stop at <paramref name="start"/>; the first stop's window counts for the start itself.</summary>
    private static (long Duration, long End) Walk((int Travel, int Open, int Width, int Service)[] stops, long start)
    {
        var time = start;
        for (var i = 0; i < stops.Length; i++)
        {
            time = Math.Max(i == 0 ? time : time + stops[i].Travel, i == 0 ? time : stops[i].Open);
            if (time < stops[i].Open || time > stops[i].Open + stops[i].Width)
            {
                return (long.MaxValue, long.MaxValue);
            }

            time += stops[i].Service;
        }

        return (time - start, time);
    }
}
