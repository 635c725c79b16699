using Dispatch.Domain;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class TimeWindowConstraintTests
{
    private readonly TimeWindowConstraint constraint = new();

    /// <summary>The job is reached after 100 s. Windows as <c>from-to</c>, in order.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("0-100", true)]
    [InlineData("0-99.999", false)]
    [InlineData("100-100", true)]
    [InlineData("101-200", true)]
    [InlineData("0-50,60-90", false)]
    [InlineData("0-50,60-100", true)]
    [InlineData("300-400,0-50", true)]
    public void Work_BeginsInsideOneOfTheWindows(string windows, bool allowed)
    {
        var violation = constraint.Check(Given.Candidate(Given.Technician(), Given.Job() with { Windows = [.. Read(windows)] }));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.window_missed", "widen_window");
    }

    [Fact]
    public void LaterStop_IsLookedAtToo()
    {
        var first = Given.Job("j1");
        var second = Given.Job("j2", 200) with { Windows = [Given.Window(0, 259)] };

        var violation = constraint.Check(Given.Candidate(Given.Technician(), first, second));

        Assert.Equal("j2", Verdict.Fact(violation, "job"));
        Assert.Equal(1000, violation!.Excess);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(99, false)]
    public void DepotCall_BeginsWithinTheDepotsHours(double closes, bool allowed)
    {
        var depot = Given.Depot() with { Open = Given.Window(0, closes) };

        var violation = constraint.Check(Given.Candidate(Given.Technician(), depot, Given.Job()));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.window_missed", "widen_window");
    }

    [Fact]
    public void WaitingForTheFirstOfTwoWindows_StartsWhenItOpens()
    {
        var job = Given.Job() with { Windows = [Given.Window(500, 600), Given.Window(200, 300)] };

        Assert.Equal(Given.After(200), Given.Candidate(Given.Technician(), job).Stops[0].StartAt);
    }

    private static IEnumerable<TimeWindow> Read(string windows) => windows
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(window => window.Split('-'))
        .Select(ends => Given.Window(
            double.Parse(ends[0], System.Globalization.CultureInfo.InvariantCulture),
            double.Parse(ends[1], System.Globalization.CultureInfo.InvariantCulture)));
}
