using Dispatch.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace Engine.Conformance;

/// <summary>Two simulated hosts without faults; each test has its own, because one thread drives it.</summary>
public sealed class SimulatedEngine : TestEngine
{
    private const int Hosts = 2;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly Simulation _simulation;

    public SimulatedEngine()
    {
        var options = new SimulationOptions { Hosts = Hosts };
        _simulation = new Simulation(1, SimulationFaults.None, [typeof(SimulatedEngine).Assembly], AddServices, options);
        Store = new RiggedStore(_simulation.Storage);
    }

    public override IGrainFactory Grains => _simulation.Client("client");

    public override RiggedStore Store { get; }

    protected override TimeProvider Clock => _simulation.Clock;

    protected override TimeSpan Patience => TimeSpan.FromHours(1);

    public override Task Run(Func<Task> scenario)
    {
        _simulation.Run(_ => scenario());
        return Task.CompletedTask;
    }

    public override Task StopAsync() =>
        Task.WhenAll(Enumerable.Range(0, Hosts).Select(host => _simulation.StopHost(host, TimeSpan.FromDays(1))));

    protected override Task GiveWay()
    {
        TaskCompletionSource later = new();
        _simulation.After(Look, later.SetResult);
        return later.Task;
    }

    private void AddServices(IServiceCollection services)
    {
        // The hosts start while this object is being made.
        services.AddKeyedSingleton<IGrainStorage>("conformance", (_, _) => Store);
        services.AddSingleton<IIncomingGrainCallFilter, FirstIncomingFilter>();
        services.AddSingleton<IIncomingGrainCallFilter, SecondIncomingFilter>();
    }
}
