using System.Collections.Concurrent;
using Dispatch.Domain;
using Dispatch.Domain.Messages;
using Dispatch.Grains.Contracts.Messages;
using Dispatch.Silo.Messaging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.SystemTests.Messaging;

public sealed class SimulatedGatewayTests
{
    private static readonly TenantId Tenant = new("main");
    private readonly ConcurrentQueue<(MessageReference Reference, bool Delivered, string? Reason)> _reports = [];
    private readonly HandClock _clock = new();

    [Fact]
    public async Task AMessage_IsReportedDeliveredAfterAWhile_AndNotBefore()
    {
        using SimulatedGateway gateway = Gateway();
        Assert.NotNull((await gateway.Send(Message("13912345678"))).GatewayId);
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Empty(_reports);
        _clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal([(Message("").Reference, true, null)], _reports);
    }

    [Theory]
    [InlineData("13900000000", false)]
    [InlineData("+86 21 5555-0000", false)]
    [InlineData("13900000001", true)]
    public async Task ANumberThatEndsInFourNoughts_IsOutOfReach(string number, bool reached)
    {
        using SimulatedGateway gateway = Gateway();
        string id = (await gateway.Send(Message(number))).GatewayId!;
        Assert.Equal(GatewayStatus.Pending, await gateway.Ask(Tenant, Message("").Reference, id));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal((reached, reached ? null : "message.undeliverable"), (Assert.Single(_reports).Delivered, Assert.Single(_reports).Reason));
        Assert.Equal(reached ? GatewayStatus.Delivered : GatewayStatus.Failed, await gateway.Ask(Tenant, Message("").Reference, id));
    }

    [Fact]
    public async Task ARepetition_IsAnsweredAsTheFirstTime_AndDropped()
    {
        using SimulatedGateway gateway = Gateway();
        string?[] ids = [(await gateway.Send(Message("13912345678"))).GatewayId, (await gateway.Send(Message("13912345678"))).GatewayId, (await gateway.Send(Message("13912345678", 2))).GatewayId];
        Assert.Equal(ids[0], ids[1]);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal([1, 2], _reports.Select(r => r.Reference.Round).Order());
    }

    [Fact]
    public async Task AfterARestart_ItStillAnswersForWhatItTook()
    {
        string id;
        using (SimulatedGateway before = Gateway())
            id = (await before.Send(Message("13912345678"))).GatewayId!;
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(_reports);
        using SimulatedGateway after = Gateway();
        Assert.Equal(GatewayStatus.Delivered, await after.Ask(Tenant, Message("").Reference, id));
        foreach (string stranger in new[] { "", "sim-", "sim-1-maybe", "sim-x-yes", "sim-99999999999999999-yes", "other" })
            Assert.Equal(GatewayStatus.Unknown, await after.Ask(Tenant, Message("").Reference, stranger));
    }

    [Fact]
    public void AMessage_IsWrittenToNoLog() => Assert.DoesNotContain("139", $"{Message("13912345678")}", StringComparison.Ordinal);

    private SimulatedGateway Gateway() => new(new Reports(_reports), _clock, new SimulatedGatewayOptions(), NullLogger<SimulatedGateway>.Instance);

    private static OutboundMessage Message(string to, int round = 1) => new(Tenant, new MessageReference(new MessageId("msg_1-1-requested"), round), to, "en", "Hello");

    private sealed class Reports(ConcurrentQueue<(MessageReference, bool, string?)> heard) : IDeliveryReports
    {
        public Task Report(TenantId tenant, MessageReference reference, bool delivered, string? reason = null)
        {
            heard.Enqueue((reference, delivered, reason));
            return Task.CompletedTask;
        }
    }

    /// <summary>Time that passes only by hand, timers included.</summary>
    private sealed class HandClock : TimeProvider
    {
        private readonly List<HandTimer> _timers = [];
        private DateTimeOffset _now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan time)
        {
            _now += time;
            foreach (HandTimer timer in _timers.ToArray())
                timer.Look(_now);
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            HandTimer timer = new(this, () => callback(state));
            timer.Change(dueTime, period);
            _timers.Add(timer);
            return timer;
        }

        private sealed class HandTimer(HandClock clock, Action callback) : ITimer
        {
            private DateTimeOffset? _due;

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                return true;
            }

            public void Look(DateTimeOffset now)
            {
                if (_due is not { } due || due > now)
                    return;
                _due = null;
                callback();
            }

            public void Dispose() => _due = null;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
