using Dispatch.Sim.Client.Hub;
using Sim.Tests.Support;

namespace Sim.Tests.Client;

public sealed class ReconnectingHubTests
{
    private readonly ManualTime time = new();
    private readonly List<HubChange> changes = [];
    private readonly Lock gate = new();
    private readonly Queue<Func<FakePipe>> dials = new();

    [Fact]
    public async Task FailedAttempts_AreRepeatedWithGrowingPausesUntilOneSucceeds()
    {
        dials.Enqueue(() => throw new IOException("refused"));
        dials.Enqueue(() => throw new IOException("refused"));
        dials.Enqueue(() => new FakePipe().Say(FakePipe.Agreed));
        await using ReconnectingHub hub = Hub();
        await Changed(1);
        Assert.Equal(new HubChange.Retrying(1, "refused"), Change(0));
        await Pause(TimeSpan.FromMilliseconds(100));
        await Changed(2);
        Assert.Equal(new HubChange.Retrying(2, "refused"), Change(1));
        await Pause(TimeSpan.FromMilliseconds(200));
        await Changed(3);
        Assert.Equal(new HubChange.Up(1), Change(2));
    }

    /// <summary>Over a network that swallows everything: the time an attempt hung is pause enough.</summary>
    [Fact]
    public async Task AnAttemptThatNobodyAnswers_IsFollowedSoonByTheNext()
    {
        FakePipe silent = new();
        for (int i = 0; i < 5; i++)
            dials.Enqueue(() => throw new IOException("refused"));
        dials.Enqueue(() => silent);
        dials.Enqueue(() => new FakePipe().Say(FakePipe.Agreed));
        await using ReconnectingHub hub = Hub();
        for (int i = 1; i <= 5; i++)
        {
            await Changed(i);
            await Pause(TimeSpan.FromSeconds(5));
        }
        await Eventually.Holds(() => silent.Sent.Count == 1, "the handshake is sent");
        time.Advance(new HubOptions().HandshakeTimeout);
        await Changed(6);
        Assert.Equal(1, Assert.IsType<HubChange.Retrying>(Change(5)).Failures);
        await Pause(TimeSpan.FromMilliseconds(100));
        await Changed(7);
        Assert.Equal(new HubChange.Up(1), Change(6));
    }

    [Fact]
    public async Task LostConnection_ComesBackUnderTheNextGeneration()
    {
        FakePipe first = new FakePipe().Say(FakePipe.Agreed), second = new FakePipe().Say(FakePipe.Agreed);
        dials.Enqueue(() => first);
        dials.Enqueue(() => second);
        await using ReconnectingHub hub = Hub();
        await Changed(1);
        first.End();
        await Changed(2);
        await Pause(TimeSpan.FromMilliseconds(100));
        await Changed(3);
        Assert.Equal([new HubChange.Up(1), new HubChange.Down(1, "ended by the server"), new HubChange.Up(2)], changes);
    }

    [Fact]
    public async Task CallWithoutConnection_FailsAtOnce()
    {
        dials.Enqueue(() => throw new IOException("refused"));
        await using ReconnectingHub hub = Hub();
        await Changed(1);
        await Assert.ThrowsAsync<HubClosedException>(() => hub.Invoke("A", CancellationToken.None));
    }

    private ReconnectingHub Hub() => new(
        _ => Task.FromResult<IHubTransport>(dials.Dequeue()()), new HubOptions(), new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5)), time, new Random(1),
        change =>
        {
            lock (gate)
                changes.Add(change);
        },
        (_, _) => { });

    private Task Changed(int count) => Eventually.Holds(() => { lock (gate) return changes.Count >= count; }, $"change {count}");

    private HubChange Change(int index)
    {
        lock (gate)
            return changes[index];
    }

    /// <summary>The pause before the next attempt is the only timer then.</summary>
    private async Task Pause(TimeSpan length)
    {
        await Eventually.Holds(() => time.Waiting > 0, "the pause has begun");
        time.Advance(length);
    }
}
