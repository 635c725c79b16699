using Dispatch.Grains.Zones;

namespace Dispatch.Silo.Hosting;

/// <summary>Plans on the thread pool, one less at a time than there are processors, so that turns and sockets always find one.</summary>
public sealed class PooledPlanRunner : IPlanRunner, IDisposable
{
    private readonly SemaphoreSlim places = new(Math.Max(1, Environment.ProcessorCount - 1));

    public async Task<T> Run<T>(Func<T> work, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}
