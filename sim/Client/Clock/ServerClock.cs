using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Client.Clock;

/// <summary>The server's clock as seen from here: measured at the start and again now and then.</summary>
public sealed class ServerClock : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly ApiClient api;
    private readonly TimeProvider time;
    private readonly long origin;
    private readonly CancellationTokenSource life = new();
    private volatile ClockEstimate estimate;
    private Task measuring = Task.CompletedTask;

    private ServerClock(ApiClient api, TimeProvider time, ClockReply first)
    {
        this.api = api;
        this.time = time;
        origin = time.GetTimestamp();
        First = first;
        estimate = new ClockEstimate(first.Speed);
    }

    /// <summary>What the server said first: its speed and how travel is measured.</summary>
    public ClockReply First { get; }

    public double Speed => First.Speed;

    public TimeSpan Uncertainty => estimate.Uncertainty;

    public DateTimeOffset Now => estimate.ServerAt(Local);

    /// <summary>The time that the server's clock has certainly reached.</summary>
    public DateTimeOffset Certain => Now - estimate.Uncertainty;

    private TimeSpan Local => time.GetElapsedTime(origin);

    /// <summary>Asks a few times, so that the first slow answer of a fresh connection does not decide.</summary>
    public static async Task<ServerClock> Measure(ApiClient api, TimeProvider time, CancellationToken cancellation)
    {
        ServerClock clock = new(api, time, await api.Clock(cancellation));
        for (int i = 0; i < 5; i++)
            await clock.Sample(cancellation);
        clock.measuring = Task.Run(clock.Remeasure, cancellation);
        return clock;
    }

    /// <summary>How long to wait here until the server's clock has certainly reached that time; not negative.</summary>
    public TimeSpan Until(DateTimeOffset server)
    {
        TimeSpan wait = estimate.LocalWhenReached(server) - Local;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Waits until the server's clock has certainly reached that time.</summary>
    public async Task Reach(DateTimeOffset server, CancellationToken cancellation)
    {
        while (Until(server) is { Ticks: > 0 } wait)
            await Task.Delay(RoundedUp(wait), time, cancellation);
    }

    /// <summary>Timers count whole milliseconds and drop the rest, which would mean waking up early and looking again at once.</summary>
    public static TimeSpan RoundedUp(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    public async ValueTask DisposeAsync()
    {
        await life.CancelAsync();
        await measuring;
    }

    private async Task Sample(CancellationToken cancellation)
    {
        TimeSpan sent = Local;
        ClockReply reply = await api.Clock(cancellation);
        estimate = estimate.With(new ClockSample(sent, Local, reply.Now));
    }

    private async Task Remeasure()
    {
        while (!life.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Every, time, life.Token);
                await Sample(life.Token);
            }
            catch (OperationCanceledException) when (life.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is HttpRequestException or TimeoutException or ApiException or IOException)
            {
                // the last estimate still stands; the next round measures again
            }
        }
    }
}
