namespace Sim.Tests.Support;

/// <summary>Bounded waiting for something that other threads bring about.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <param name="phase">Names what is waited for, for the message when it does not come.</param>
    public static async Task Holds(Func<bool> condition, string phase)
    {
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(5));
        long since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Limit, $"Waited {Limit.TotalSeconds:0} s: {phase}");
            await look.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The result of a task that should end by itself.</summary>
    public static async Task<T> Ends<T>(Task<T> task, string phase)
    {
        await Holds(() => task.IsCompleted, phase);
        return await task;
    }
}
