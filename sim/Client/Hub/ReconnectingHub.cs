using System.Text.Json;

namespace Dispatch.Sim.Client.Hub;

/// <summary>What became of the connection. Generations rise by one with each connection, so that an answer to an older one can be told apart.</summary>
public abstract record HubChange
{
    public sealed record Up(int Generation) : HubChange;

    public sealed record Down(int Generation, string Reason) : HubChange;

    /// <summary>An attempt failed; another follows.</summary>
    public sealed record Retrying(int Failures, string Reason) : HubChange;
}

/// <summary>
/// A hub that is connected whenever it can be: it opens a connection, and another one after each end, with capped back-off, until disposed. Nothing is
/// queued: a call without a connection fails at once, because what to say depends on what the caller knows by then.
/// </summary>
public sealed class ReconnectingHub : IAsyncDisposable
{
    private readonly HubDial dial;
    private readonly HubOptions options;
    private readonly Backoff backoff;
    private readonly TimeProvider time;
    private readonly Random chance;
    private readonly Action<HubChange> onChange;
    private readonly Action<string, IReadOnlyList<JsonElement>> onInvocation;
    private readonly CancellationTokenSource life = new();
    private readonly Task running;
    private volatile HubConnection? current;

    /// <param name="onInvocation">Called for each call of the server, one at a time, in order of arrival.</param>
    /// <param name="onChange">Called when the connection is up, and down again: always in turn, <c>Up</c> before the first call of its connection.</param>
    public ReconnectingHub(
        HubDial dial, HubOptions options, Backoff backoff, TimeProvider time, Random chance,
        Action<HubChange> onChange, Action<string, IReadOnlyList<JsonElement>> onInvocation)
    {
        this.dial = dial;
        this.options = options;
        this.backoff = backoff;
        this.time = time;
        this.chance = chance;
        this.onChange = onChange;
        this.onInvocation = onInvocation;
        running = Task.Run(Run);
    }

    /// <inheritdoc cref="HubConnection.Invoke"/>
    public Task<JsonElement?> Invoke(string target, CancellationToken cancellation, params object?[] arguments) =>
        current is { } connection
            ? connection.Invoke(target, cancellation, arguments)
            : Task.FromException<JsonElement?>(new HubClosedException("not connected"));

    public async ValueTask DisposeAsync()
    {
        await life.CancelAsync();
        await running;
    }

    private async Task Run()
    {
        int generation = 0, failures = 0;
        while (!life.IsCancellationRequested)
        {
            long began = time.GetTimestamp();
            try
            {
                await using HubConnection connection = await HubConnection.Open(dial, options, time, onInvocation, life.Token);
                long since = time.GetTimestamp();
                current = connection;
                onChange(new HubChange.Up(++generation));
                connection.Start();
                string reason;
                try
                {
                    reason = await connection.Ended.WaitAsync(life.Token);
                }
                finally
                {
                    current = null;
                }
                // one that dies young counts as a failure, or a server that hangs up at once would be called without pause
                failures = time.GetElapsedTime(since) > backoff.Cap ? 0 : failures + 1;
                onChange(new HubChange.Down(generation, reason));
            }
            catch (OperationCanceledException) when (life.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) // whatever stopped the attempt: the next one may fare better, and the owner hears of it
            {
                // What has waited that long for an answer has paused enough: the next attempt follows soon.
                failures = time.GetElapsedTime(began) > backoff.Cap ? 1 : failures + 1;
                onChange(new HubChange.Retrying(failures, e.Message));
            }
            if (!await Wait(backoff.Delay(Math.Max(1, failures), chance.NextDouble())))
                return;
        }
    }

    private async Task<bool> Wait(TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, time, life.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
