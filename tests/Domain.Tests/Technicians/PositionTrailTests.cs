using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Technicians.Positions;

namespace Dispatch.Domain.Tests.Technicians;

public class PositionTrailTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly Place Home = new(121, 31);

    private static PositionReport At(double secondsAgo, Place? place = null, double? accuracy = null) => new(place ?? Home, Now.AddSeconds(-secondsAgo), accuracy);

    private static Place East(double metres) => new(Home.Lon + (metres / 95_400), Home.Lat);

    [Fact]
    public void AFutureReport_CostsNoGoodOne()
    {
        (PositionTrail trail, string[] refused) = Take(PositionTrail.None, At(-86_400, East(100)), At(5));
        Assert.Equal(At(5), trail.Newest);
        Assert.Equal(["0 technician.time_in_future"], refused);
    }

    [Fact]
    public void AClockALittleAhead_KeepsNothingOut()
    {
        (PositionTrail ahead, _) = Take(PositionTrail.None, At(-50, East(10)));
        Assert.Equal(Now, ahead.Newest!.Value.At);
        (PositionTrail trail, ImmutableArray<(int, Refusals.Refusal)> refused) = ahead.Take([new(East(20), Now.AddSeconds(5))], Now.AddSeconds(5), PositionRules.Standard);
        Assert.Empty(refused);
        Assert.Equal(East(20), trail.Newest!.Value.Place);
    }

    [Fact]
    public void OfSeveralReportsAhead_TheLastWins() => Assert.Equal(East(2), Take(PositionTrail.None, At(-20, East(2)), At(-10, East(1))).Trail.Newest!.Value.Place);

    [Fact]
    public void NullIsland_AndWhatIsTooInexact_AreKeptOut()
    {
        (PositionTrail trail, string[] refused) = Take(PositionTrail.None, At(3, default(Place)), At(2, new Place(0.0001, 0)), At(1, Home, 1_000_000), At(9, Home, 30));
        Assert.Equal(At(9, Home, 30), trail.Newest);
        Assert.Equal(["0 position.null_island", "1 position.null_island", "2 position.inaccurate"], refused);
    }

    [Fact]
    public void AJump_IsDoubtedUntilAnotherReportAgrees()
    {
        (PositionTrail home, _) = Take(PositionTrail.None, At(60));
        (PositionTrail doubted, string[] refused) = Take(home, At(50, East(50_000)));
        Assert.Equal(["0 position.implausible_jump"], refused);
        Assert.Equal(Home, doubted.Newest!.Value.Place);
        Assert.Equal(East(50_040), Take(doubted, At(45, East(50_040))).Trail.Newest!.Value.Place);
        Assert.Equal(East(20), Take(doubted, At(45, East(20))).Trail.Newest!.Value.Place);
    }

    [Fact]
    public void WhatCanBeDriven_AndNoiseOfTheReceiver_AreBelieved()
    {
        (PositionTrail home, _) = Take(PositionTrail.None, At(600));
        Assert.Empty(Take(home, At(0, East(40_000))).Refused);
        Assert.Empty(Take(home, At(599, East(450))).Refused);
        Assert.Empty(Take(home, At(599, East(1_500), 1_200)).Refused);
    }

    [Fact]
    public void AReportThatComesLate_ChangesNothingAndIsNotRefused()
    {
        (PositionTrail home, _) = Take(PositionTrail.None, At(5));
        (PositionTrail after, string[] refused) = Take(home, At(30, East(90)));
        Assert.Equal(home, after);
        Assert.Empty(refused);
    }

    [Fact]
    public void AcrossTheDateLine_IsNoJump()
    {
        (PositionTrail trail, _) = Take(PositionTrail.None, At(10, new Place(179.9999, -17)));
        Assert.Empty(Take(trail, At(5, new Place(-179.9999, -17))).Refused);
    }

    private static (PositionTrail Trail, string[] Refused) Take(PositionTrail trail, params PositionReport[] reports)
    {
        (PositionTrail after, var refused) = trail.Take([.. reports], Now, PositionRules.Standard);
        return (after, [.. refused.Select(r => $"{r.Index} {r.Refusal.Code}")]);
    }
}
