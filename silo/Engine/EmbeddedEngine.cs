using Dispatch.Grains.Jobs;
using Dispatch.Silo.Hosting;

namespace Dispatch.Silo.Engine;

/// <summary>Composition on the one-process host. Compiled only where that is the engine.</summary>
public static class GrainEngine
{
    public const string Name = "Embedded";

    public static void Add(WebApplicationBuilder builder, DispatchOptions options) => builder.Services.AddDispatchRuntime(runtime =>
    {
        runtime.GrainAssemblies.Add(typeof(JobGrain).Assembly);
        // The engine's own patience is wall time, whatever the clock's speed.
        runtime.ResponseTimeout *= options.Speed;
        runtime.ActivationTimeout *= options.Speed;
        runtime.DeactivationTimeout *= options.Speed;
        runtime.CollectionAge *= options.Speed;
        runtime.CollectionQuantum *= options.Speed;
    });
}
