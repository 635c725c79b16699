using System.Collections.Immutable;
using Dispatch.Sim.Replay.Exports;
using Dispatch.Sim.Replay.Instances;
using Dispatch.Sim.Replay.Judging;

namespace Sim.Tests.Replay;

public sealed class DayJudgeTests
{
    private static readonly ImmutableArray<DrivenStop> First = [Stop(3, 0, 16, 20), Stop(4, 0, 25, 30)];
    private static readonly ImmutableArray<DrivenStop> Second = [Stop(6, 0, 40, 50)];

    [Fact]
    public void DayInOrder_HasNoViolation() => Assert.Empty(Judge([First, Second], [5]));

    [Fact]
    public void DepotCall_MakesToolsAndPartsAvailable()
    {
        Assert.Empty(Judge([[Stop(0, 0, 0, 10), Stop(5, 12, 35, 40)], Second], [3, 4]));
        Assert.Contains(Judge([[Stop(5, 12, 32, 40)], Second], [3, 4]), v => v.Contains("lacks a tool for 5"));
    }

    [Theory]
    [InlineData(3, 0, 25.9, 29.9, "free at")] // the work on 4 before it lasts to 30
    [InlineData(3, 31, 30.5, 36, "decided at 31")]
    [InlineData(3, 0, 30, 34, "before arrival")]
    [InlineData(3, 0, 30, 35, "closes 30")]
    public void SecondStopAgainstARule_IsNamed(int node, double decided, double depart, double start, string says) =>
        Assert.Contains(Judge([[Stop(4, 0, 12, 25), Stop(node, decided, depart, start)], Second], [5]), v => v.Contains(says));

    [Fact]
    public void DynamicRequestDecidedBeforeItsRelease_IsNamed() =>
        Assert.Contains(Judge([[Stop(0, 0, 0, 10), Stop(5, 11.9, 35, 40)], Second], [3, 4]), v => v.Contains("5 decided at 11.9, known from 12"));

    [Fact]
    public void ShiftThatEndsOnTheRoad_IsNamed() =>
        // Work on 4 from 88 to 93, and home is more than 8.5 away.
        Assert.Equal(["technician 1: back at 101.544, shift ends 100"], Judge([[Stop(4, 0, 76, 88)], Second], [3, 5]));

    [Fact]
    public void PartsBeyondTheStock_AreNamed()
    {
        TrspInstance poor = TrspFile.Parse("P", Small.Text.Replace("[0] 	[0] 	[1]\n2", "[0] 	[0] 	[0]\n2"));
        Assert.Contains(DayJudge.Violations(new PlayedDay(poor, Releases, true, [First, Second], [Missing(5)])), v => v.Contains("out of part 0 at 3"));
    }

    [Fact]
    public void SkillThatIsLacking_IsNamed() => Assert.Contains(Judge([First, [Stop(5, 12, 20, 40)]], [6]), v => v.Contains("technician 2: lacks a skill for 5"));

    [Fact]
    public void TwoDepotCalls_AreNamed() => Assert.Contains(Judge([[Stop(0, 0, 0, 10), Stop(0, 0, 10, 10)], Second], [3, 4, 5]), v => v.Contains("more than one depot call"));

    [Fact]
    public void RequestServedTwice_ListedBesides_OrForgotten_IsNamed()
    {
        Assert.Contains(Judge([[.. First, Stop(4, 0, 35, 35)], Second], [5]), v => v.Contains("request 4 is served or listed 2 times"));
        Assert.Contains(Judge([First, Second], [5, 6]), v => v.Contains("request 6 is served or listed 2 times"));
        Assert.Contains(Judge([First, Second], []), v => v.Contains("request 5 is neither served nor listed"));
    }

    private static ImmutableSortedDictionary<int, double> Releases => TrspFile.ParseReleases("r", Small.Releases, Small.Instance);

    private static IReadOnlyList<string> Judge(ImmutableArray<ImmutableArray<DrivenStop>> driven, int[] missing) =>
        DayJudge.Violations(new PlayedDay(Small.Instance, Releases, true, driven, [.. missing.Select(Missing)]));

    private static NotServed Missing(int node) => new(node, null, []);

    private static DrivenStop Stop(int node, double decided, double depart, double start) => new(node, new DayTime(decided), new DayTime(depart), new DayTime(start));
}
