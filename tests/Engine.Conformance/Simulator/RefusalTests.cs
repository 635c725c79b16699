using Dispatch.Simulator;

namespace Engine.Conformance.Simulated;

/// <summary>What the simulator does not offer it refuses; it never runs a grain by other rules than Orleans'.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void GrainWithARuleThatIsNotSimulated_IsRefused() =>
        Assert.Contains("Reentrant", Refusal<IReentrantGrain>(), StringComparison.Ordinal);

    [Fact]
    public void GrainThatLooksForTheContextOfASilo_IsRefused() =>
        Assert.Contains("IGrainContext", Refusal<IBareGrain>(), StringComparison.Ordinal);

    [Fact]
    public void GrainWithReminders_IsRefused() => Assert.Contains("reminders", Refusal<IRemindedGrain>(), StringComparison.Ordinal);

    [Fact]
    public void ReadOnlyCall_IsRefused()
    {
        using var simulation = New();
        Assert.Throws<NotSupportedException>(() => simulation.Run(static world => world.Client("c").GetGrain<IReadingGrain>("a").Read()));
    }

    private static string Refusal<T>() where T : IGrainWithStringKey
    {
        using var simulation = New();
        return Assert.Throws<NotSupportedException>(() => simulation.Client("c").GetGrain<T>("a")).Message;
    }

    private static Simulation New() => new(1, SimulationFaults.None, [typeof(RefusalTests).Assembly]);
}

public interface IReentrantGrain : IGrainWithStringKey;

[Reentrant]
public sealed class ReentrantGrain(IGrainContext context) : Grain(context), IReentrantGrain;

public interface IBareGrain : IGrainWithStringKey;

public sealed class BareGrain : Grain, IBareGrain;

public interface IReadingGrain : IGrainWithStringKey
{
    [ReadOnly]
    Task<int> Read();
}

public sealed class ReadingGrain(IGrainContext context) : Grain(context), IReadingGrain
{
    public Task<int> Read() => Task.FromResult(1);
}

public interface IRemindedGrain : IGrainWithStringKey;

public sealed class RemindedGrain(IGrainContext context) : Grain(context), IRemindedGrain, IRemindable
{
    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
