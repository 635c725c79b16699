using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Messages;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Messages;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Tests.Shared;

namespace Dispatch.Grains.Tests;

public sealed class SqliteMessageFlowTests() : MessageFlowTests(new SqliteSilo());

public sealed class PostgresMessageFlowTests(PostgresServer server) : MessageFlowTests(new PostgresSilo(server));

/// <summary>What customers are told and when, the same over either database.</summary>
public abstract class MessageFlowTests(DispatchSilo silo) : IAsyncLifetime
{
    private static readonly ServiceNeeds Needs = ServiceNeeds.Of([new("phone", 1)], [], [], TimeSpan.FromMinutes(30));
    private static readonly TechnicianId Li = new("tech_li");
    private static readonly ZoneId Nowhere = new("zone_unplanned");

    public ValueTask InitializeAsync() => silo.InitializeAsync();

    public ValueTask DisposeAsync() => silo.DisposeAsync();

    [Fact]
    public async Task EveryStep_IsToldOnce_AlsoAcrossARestart()
    {
        await silo.OnDuty(Li, Nowhere);
        JobId job = await silo.Request(Needs, Nowhere);
        await Do(job, Offer());
        await Do(job, new AcceptOffer(Li, new Epoch(1)));
        await silo.Restart();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Do(job, new Depart(Li, new Epoch(1), now), new Arrive(Li, new Epoch(1), now), new CompleteRepair(Li, new Epoch(1), now, RepairOutcome.Repaired, null, null));
        await Told(job, "requested", "accepted", "onTheWay", "arrived", "repaired");
        foreach (MessageReference reference in silo.Gateway.Sent(job))
        {
            await silo.Reports.Report(DispatchSilo.Tenant, reference, true);
            long version = (await silo.Message(reference.Message).Get())!.Version;
            await silo.Reports.Report(DispatchSilo.Tenant, reference, true);
            VersionedMessage message = (await silo.Message(reference.Message).Get())!;
            Assert.Equal((MessageStatus.Delivered, 1, version), (message.State.Status, message.State.Attempts, message.Version));
        }
        await silo.Restart();
        await silo.SweepMessages();
        Assert.Equal(5, silo.Gateway.Sent(job).Length);
        Assert.Equal(MessageStatus.Delivered, (await Message(job, "arrived")).State.Status);
    }

    [Fact]
    public async Task ARepeatedDeliveryFromTheOutbox_MakesNothingNew()
    {
        JobId job = await silo.Request(Needs, Nowhere);
        await Told(job, "requested");
        VersionedMessage before = await Until(job, "requested", MessageStatus.Sent);
        MessageState state = before.State;
        QueueMessage again = new(state.Id, state.Tenant, state.Job, state.Zone, state.Template, state.Facts);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => silo.Message(state.Id).Execute(again, null)));
        Assert.Equal(before.Version, (await silo.Message(state.Id).Get())!.Version);
        Assert.Equal(1, silo.Gateway.TimesGiven(Assert.Single(silo.Gateway.Sent(job))));
    }

    /// <summary>The gateway is asked for news as long as it keeps silent, also where a delivery comes again meanwhile; asking gives it nothing to send.</summary>
    [Fact]
    public async Task ARepeatedDeliveryWhileNewsIsDue_OnlyAsks()
    {
        silo.Messages.AskAfter = TimeSpan.FromMilliseconds(1);
        JobId job = await silo.Request(Needs, Nowhere);
        VersionedMessage before = await Until(job, "requested", MessageStatus.Sent);
        MessageState state = before.State;
        QueueMessage again = new(state.Id, state.Tenant, state.Job, state.Zone, state.Template, state.Facts);
        VersionedMessage after = await DispatchSilo.Eventually("it is asked again", async () =>
        {
            await silo.Message(state.Id).Execute(again, null);
            return (await silo.Message(state.Id).Get())!;
        }, m => m.State.Asks > state.Asks);
        Assert.Equal(state with { Asks = after.State.Asks, DueAt = after.State.DueAt, ChangedAt = after.State.ChangedAt }, after.State);
        Assert.Equal(after.State.Asks - state.Asks, after.Version - before.Version);
        Assert.Equal(1, silo.Gateway.TimesGiven(Assert.Single(silo.Gateway.Sent(job))));
    }

    [Fact]
    public async Task AGatewayThatIsDown_IsTriedAgainUntilItRecovers()
    {
        silo.Gateway.Down = true;
        JobId job = await silo.Request(Needs, Nowhere);
        await DispatchSilo.Eventually("it is tried several times", Swept(() => Message(job, "requested")), m => m.State.Tries >= 3);
        Assert.Equal(MessageRefusals.GatewayUnavailable, (await Message(job, "requested")).State.Failure);
        silo.Gateway.Down = false;
        VersionedMessage sent = await Until(job, "requested", MessageStatus.Sent);
        Assert.Null(sent.State.Failure);
        Assert.Single(silo.Gateway.Sent(job));
    }

    [Fact]
    public async Task ALostAnswer_LeadsToTheSameReferenceAgain_WhichTheGatewayDrops()
    {
        silo.Gateway.LosesAnswers = true;
        JobId job = await silo.Request(Needs, Nowhere);
        await DispatchSilo.Eventually("it is tried twice", Swept(() => Message(job, "requested")), m => m.State.Tries >= 2);
        MessageReference reference = Assert.Single(silo.Gateway.Sent(job));
        // The report comes although the answer never did.
        await silo.Reports.Report(DispatchSilo.Tenant, reference, true);
        Assert.Equal(MessageStatus.Delivered, (await Message(job, "requested")).State.Status);
    }

    [Fact]
    public async Task AReportThatNeverComes_IsAskedFor()
    {
        silo.Messages.AskAfter = TimeSpan.FromMilliseconds(50);
        JobId job = await silo.Request(Needs, Nowhere);
        await Told(job, "requested");
        await silo.Restart();
        silo.Gateway.Becomes(silo.Gateway.Sent(job)[0], GatewayStatus.Failed);
        VersionedMessage failed = await Until(job, "requested", MessageStatus.Failed);
        Assert.Equal(MessageRefusals.Undeliverable, failed.State.Failure);
    }

    [Fact]
    public async Task AGatewayThatHangs_HoldsUpNobodyElse()
    {
        silo.Gateway.Held = new TaskCompletionSource();
        await silo.OnDuty(Li, Nowhere);
        JobId job = await silo.Request(Needs, Nowhere);
        await Do(job, Offer());
        await Do(job, new AcceptOffer(Li, new Epoch(1)));
        await Do(job, new CancelJob("changed"));
        await DispatchSilo.Eventually("the ledger is free", async () => (await silo.Technician(Li).Get())!.State.Commitments.Length, n => n == 0);
        long version = (await silo.Job(job).Get())!.Version;
        await DispatchSilo.Eventually("the job's outbox is drained", () => silo.History(Streams.Job(job)), h => h.Length == version);
        Assert.Empty(silo.Gateway.Sent(job));
        silo.Gateway.Held.SetResult();
        await Told(job, "requested", "accepted", "cancelled");
    }

    [Fact]
    public async Task AnErasedCustomer_IsToldNothing_AndTheMessageSaysWhy()
    {
        silo.Gateway.Down = true;
        JobId job = await silo.Request(Needs, Nowhere);
        await DispatchSilo.Eventually("it has failed once", Swept(() => Message(job, "requested")), m => m.State.Tries >= 1);
        silo.Gateway.Erased[job] = true;
        silo.Gateway.Down = false;
        Assert.Equal(MessageRefusals.NoContact, (await Until(job, "requested", MessageStatus.Failed)).State.Failure);
        Assert.Empty(silo.Gateway.Sent(job));
    }

    [Fact]
    public async Task AResend_IsARoundOfItsOwn_OncePerOperation()
    {
        JobId job = await silo.Request(Needs, Nowhere);
        await Told(job, "requested");
        MessageReference first = silo.Gateway.Sent(job)[0];
        Assert.Equal("message.not_failed", (await silo.Message(first.Message).Execute(new ResendMessage(), silo.NewOperation())).Refusal?.Code);
        await silo.Reports.Report(DispatchSilo.Tenant, first, false);
        Operation operation = silo.NewOperation();
        MessageReply[] replies = [await silo.Message(first.Message).Execute(new ResendMessage(), operation), await silo.Message(first.Message).Execute(new ResendMessage(), operation)];
        Assert.All(replies, r => Assert.Equal((null, MessageStatus.Queued), (r.Refusal, r.Message!.State.Status)));
        await DispatchSilo.Eventually("it is sent again", () => Task.FromResult(silo.Gateway.Sent(job)), s => s.Length == 2);
        Assert.Equal([1, 2], silo.Gateway.Sent(job).Select(r => r.Round));
        // A late report of the first round says nothing about the second.
        await silo.Reports.Report(DispatchSilo.Tenant, first, false);
        Assert.NotEqual(MessageStatus.Failed, (await silo.Message(first.Message).Get())!.State.Status);
    }

    [Fact]
    public async Task NothingStored_HoldsANumberOrAText()
    {
        JobId job = await silo.Request(Needs, Nowhere);
        await Until(job, "requested", MessageStatus.Sent);
        MessageState state = (await Message(job, "requested")).State;
        string stored = System.Text.Json.JsonSerializer.Serialize(state, StorageJson.Options);
        Assert.DoesNotContain("13912345678", stored, StringComparison.Ordinal);
        Assert.Equal("msg", state.Id.Value[..3]);
        Assert.DoesNotContain(await silo.History(Streams.Job(job)), e => e.Type.StartsWith("message.", StringComparison.Ordinal));
        ViewRow? row = await DispatchSilo.Eventually("the list shows it", async () => (await silo.Feeds.LoadOpen(DispatchSilo.Tenant, "message", Nowhere.Value)).SingleOrDefault(), r => r?.Status == "sent");
        Assert.Equal(state.Id.Value, row!.Id);
        Assert.DoesNotContain("13912345678", row.Doc, StringComparison.Ordinal);
    }

    private static OfferJob Offer()
    {
        DateTimeOffset start = TimeProvider.System.GetUtcNow().AddHours(1);
        return new(Epoch.Zero, [new Candidate(Li, new Visit(start, start, start, start.AddMinutes(30)))], TimeProvider.System.GetUtcNow().AddMinutes(5), false);
    }

    private async Task Do(JobId job, params JobCommand[] commands)
    {
        foreach (JobCommand command in commands)
            Assert.Null((await silo.Job(job).Execute(command, silo.NewOperation())).Refusal);
    }

    /// <summary>Waits until exactly these have gone out, in this order of events.</summary>
    private Task Told(JobId job, params string[] templates) => DispatchSilo.Eventually(
        $"{job} is told {string.Join(", ", templates)}",
        async () =>
        {
            await silo.SweepMessages();
            return string.Join(",", silo.Gateway.Sent(job).Select(r => r.Message.Value.Split('-')[^1]));
        },
        seen => seen == string.Join(",", templates));

    private async Task<VersionedMessage> Message(JobId job, string template)
    {
        string? id = null;
        await DispatchSilo.Eventually($"{template} exists", async () =>
        {
            for (int number = 1; number < 20 && id is null; number++)
                if (await silo.Message(new MessageId($"{MessageId.PrefixOf(job)}{number}-{template}")).Get() is { } found)
                    id = found.State.Id.Value;
            return id;
        }, found => found is not null);
        return (await silo.Message(new MessageId(id!)).Get())!;
    }

    private Task<VersionedMessage> Until(JobId job, string template, MessageStatus status) =>
        DispatchSilo.Eventually($"{template} becomes {status}", Swept(() => Message(job, template)), m => m.State.Status == status);

    private Func<Task<T>> Swept<T>(Func<Task<T>> look) => async () =>
    {
        await silo.SweepMessages();
        return await look();
    };
}
