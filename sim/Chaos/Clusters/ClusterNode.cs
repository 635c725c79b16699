using Dispatch.Sim.Chaos.Servers;

namespace Dispatch.Sim.Chaos.Clusters;

/// <summary>One process of a cluster, started again whenever it has ended, as a supervisor would do it.</summary>
public sealed class ClusterNode(string name, ServerProcess process, TimeProvider time, Action<string> failed) : IAsyncDisposable
{
    private static readonly TimeSpan BeforeAnotherStart = TimeSpan.FromSeconds(1), Look = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource life = new();
    private Task keeping = Task.CompletedTask;

    public string Name => name;

    public Uri Address => process.Address;

    public string LogFile => process.LogFile;

    /// <summary>Something is being done to it, so that its end is no failure.</summary>
    public bool IsDisturbed { get; set; }

    /// <summary>How often it ended by itself.</summary>
    public int EndedByItself { get; private set; }

    public int Starts { get; private set; }

    public void Begin() => keeping = Keep();

    public void Send(Signal signal) => process.Send(signal);

    /// <summary>Waits until it says that it is ready; how long that took.</summary>
    /// <exception cref="TimeoutException">It did not in time.</exception>
    public async Task<TimeSpan> Ready(TimeSpan patience, CancellationToken cancellation)
    {
        long since = time.GetTimestamp();
        while (!await process.IsReady(cancellation))
        {
            if (time.GetElapsedTime(since) > patience)
                throw new TimeoutException($"{name} was not ready within {patience.TotalSeconds:0} s; see {LogFile}.");
            await Task.Delay(Look, time, cancellation);
        }
        return time.GetElapsedTime(since);
    }

    /// <summary>Waits for the end of the present life.</summary>
    public Task<int> Ended(CancellationToken cancellation) => process.Ended(cancellation);

    public async ValueTask DisposeAsync()
    {
        await life.CancelAsync();
        await keeping;
        // A frozen one would not be reaped.
        process.Send(Signal.Continue);
        await process.DisposeAsync();
        life.Dispose();
    }

    private async Task Keep()
    {
        try
        {
            while (true)
            {
                process.Start();
                Starts++;
                int code = await process.Ended(life.Token);
                if (!IsDisturbed)
                {
                    EndedByItself++;
                    failed($"{name} ended by itself with code {code}; see {LogFile}.");
                }
                await Task.Delay(BeforeAnotherStart, time, life.Token);
            }
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // The run is over.
        }
    }
}
