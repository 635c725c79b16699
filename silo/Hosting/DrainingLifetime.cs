using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Dispatch.Silo.Hosting;

/// <summary>Whether this process has been asked to end.</summary>
internal sealed class Draining
{
    private volatile bool begun;

    public bool HasBegun => begun;

    public void Begin() => begun = true;
}

/// <summary>
/// Ends the process in the order that loses nothing: first it says that it is not ready, for as long as a load balancer needs to hear of
/// it, and serves on; only then it closes its hub, its sockets and its part in the cluster. A second signal ends the wait. Takes the place
/// of the host's own lifetime, which begins with closing.
/// </summary>
internal sealed partial class DrainingLifetime(
    IHostApplicationLifetime application, Draining draining, IOptions<ClusterOptions> options, TimeProvider process, ILogger<DrainingLifetime> log) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly CancellationTokenSource atOnce = new();

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT])
            registrations.Add(PosixSignalRegistration.Create(signal, Asked));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        draining.Begin();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        atOnce.Dispose();
    }

    private void Asked(PosixSignalContext context)
    {
        context.Cancel = true;
        if (draining.HasBegun)
            atOnce.Cancel();
        else
            _ = Drain();
    }

    private async Task Drain()
    {
        draining.Begin();
        TimeSpan delay = options.Value.EffectiveDrainDelay;
        LogDraining(delay.TotalSeconds);
        await Task.Delay(delay, process, atOnce.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        application.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Asked to end: not ready any more, closing in {Seconds:0.#} s")]
    private partial void LogDraining(double seconds);
}
