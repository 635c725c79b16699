using Dispatch.Silo.Hosting;

namespace Dispatch.SystemTests.Demo;

public sealed class ScaledClockTests
{
    [Fact]
    public async Task ATimerSetAfterItWasMade_RunsAsFastAsOneMadeThatWay()
    {
        ScaledClock clock = new(TimeProvider.System.GetUtcNow(), new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero), 1000);
        TaskCompletionSource rang = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ITimer timer = clock.CreateTimer(_ => rang.TrySetResult(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        // 0.3 s of wall time; unscaled it would be five minutes.
        await rang.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void AClockThatBeginsAtAMoment_GoesOnFromThereAfterARestart()
    {
        string folder = Directory.CreateTempSubdirectory("clock-").FullName;
        try
        {
            DateTimeOffset begin = new(2030, 5, 1, 1, 5, 0, TimeSpan.Zero);
            Assert.InRange(ScaledClock.Open(folder, 20, begin).GetUtcNow(), begin, begin.AddMinutes(5));
            Assert.InRange(ScaledClock.Open(folder, 20, begin.AddDays(9)).GetUtcNow(), begin, begin.AddMinutes(10));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
