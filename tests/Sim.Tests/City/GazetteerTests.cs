using Dispatch.Sim.City.Map;

namespace Sim.Tests.City;

public sealed class GazetteerTests
{
    private static Gazetteer Gazetteer => Drawn.City.Gazetteer;

    [Fact]
    public void EveryDoorIsFoundByWhatIsWrittenOnIt()
    {
        Assert.True(Gazetteer.Doors.Length > 5000, $"only {Gazetteer.Doors.Length} doors");
        Assert.All(Gazetteer.Doors.Where((_, i) => i % 97 == 0), door => Assert.Equal(door, Gazetteer.Find(door.ToString())));
    }

    [Fact]
    public void AnUnknownNumberIsTheNearestOneInThatStreet_AndAnUnknownStreetIsNothing()
    {
        Address door = Gazetteer.Doors[0];
        Assert.Equal(door.Street, Gazetteer.Find($"99999 {door.Street}")?.Street);
        Assert.Equal(door, Gazetteer.Find($"{door.Number} {door.Street.ToUpperInvariant()}"));
        Assert.Null(Gazetteer.Find("1 Nowhere Street"));
        Assert.Null(Gazetteer.Find("Willow Road"));
    }

    [Fact]
    public void DoorsStandByTheRoad_InTheBuiltUpPartsWhereTheHouseWorks() => Assert.All(Gazetteer.Doors.Where((_, i) => i % 53 == 0), door =>
    {
        Assert.True(Drawn.Base.IsBuiltUp(door.At));
        Assert.True(Drawn.Base.IsWithinReach(door.At));
        Assert.InRange(Drawn.City.Roads.Snap(door.At).At.DistanceTo(door.At), 0, 10);
    });

    [Fact]
    public void TheSameSeedGivesTheSameNames_AnotherSeedOthers()
    {
        Assert.Equal(Gazetteer.Doors.Take(500), new Gazetteer(Drawn.Base, 1).Doors.Take(500));
        Assert.NotEqual(Gazetteer.Doors.Take(500).Select(d => d.Street), new Gazetteer(Drawn.Base, 2).Doors.Take(500).Select(d => d.Street));
    }
}
