using Dispatch.Storage.Clock;
using Storage.Tests.Support;

namespace Storage.Tests.Sqlite;

public sealed class BusinessClockTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2030, 5, 1, 1, 5, 0, TimeSpan.Zero);
    private readonly TestFile _file = new();
    private readonly HandClock _process = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task AtSpeedOne_ItIsProcessTime_AndNothingIsKept()
    {
        var clock = await StoredBusinessClock.Open(_file.Open(), _process, 1);
        Assert.Equal((_process.GetUtcNow(), 1.0), (clock.GetUtcNow(), clock.Speed));
        _process.Pass(TimeSpan.FromDays(1));
        Assert.Equal(_process.GetUtcNow(), clock.GetUtcNow());
    }

    [Fact]
    public async Task ItGoesOnAfterARestart_FromWhereItIs_AlsoAtAnotherSpeed()
    {
        var database = _file.Open();
        var clock = await StoredBusinessClock.Open(database, _process, 20, Begin);
        Assert.Equal(Begin, clock.GetUtcNow());
        _process.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(Begin.AddMinutes(20), clock.GetUtcNow());
        var again = await StoredBusinessClock.Open(database, _process, 20, Begin.AddDays(9));
        Assert.Equal(Begin.AddMinutes(20), again.GetUtcNow());
        var slow = await StoredBusinessClock.Open(database, _process, 1);
        _process.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(Begin.AddMinutes(21), slow.GetUtcNow());
    }

    [Fact]
    public async Task EveryNodeFollowsTheAnchorOfTheLastOneStarted()
    {
        var database = _file.Open();
        var one = await StoredBusinessClock.Open(database, _process, 20, Begin);
        var two = await StoredBusinessClock.Open(database, _process, 100);
        await one.Refresh(database, TestContext.Current.CancellationToken);
        _process.Pass(TimeSpan.FromSeconds(3));
        Assert.Equal((Begin.AddSeconds(300), 100.0), (one.GetUtcNow(), one.Speed));
        Assert.Equal(two.GetUtcNow(), one.GetUtcNow());
    }

    [Fact]
    public async Task AnAnchorKeptInAFile_IsTakenOverOnce()
    {
        var database = _file.Open();
        ClockAnchor kept = new(_process.GetUtcNow().AddSeconds(-10), Begin, 20);
        var clock = await StoredBusinessClock.Open(database, _process, 20, null, kept);
        Assert.Equal(Begin.AddSeconds(200), clock.GetUtcNow());
        var later = await StoredBusinessClock.Open(database, _process, 20, null, kept with { BusinessAt = Begin.AddYears(1) });
        Assert.Equal(Begin.AddSeconds(200), later.GetUtcNow());
    }

    [Fact]
    public void AProcessDelay_IsStretchedToTheSameProcessTime() =>
        Assert.Equal(TimeSpan.FromSeconds(7), Dispatch.Domain.BusinessClock.Of(_process).Stretch(TimeSpan.FromSeconds(7)));

    private sealed class HandClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => now;

        public void Pass(TimeSpan time) => now += time;
    }
}
