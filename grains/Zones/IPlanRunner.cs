namespace Dispatch.Grains.Zones;

/// <summary>Where the planner's work runs: a thread of its own in production, in place under simulation.</summary>
public interface IPlanRunner
{
    /// <summary>Runs work that touches nothing but its arguments. At most a few run at once; others wait.</summary>
    Task<T> Run<T>(Func<T> work, CancellationToken cancellation);
}

/// <summary>In place: deterministic, and the turn waits.</summary>
public sealed class InlinePlanRunner : IPlanRunner
{
    public Task<T> Run<T>(Func<T> work, CancellationToken cancellation) => Task.FromResult(work());
}
