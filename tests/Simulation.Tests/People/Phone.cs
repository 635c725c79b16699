using System.Text.Json.Nodes;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Simulation.Tests;

/// <summary>A technician with a phone: hears of offers by the stream, answers in time, late, never or twice, works, goes off duty, is out of reach and tells everything afterwards.</summary>
internal sealed class Phone(World world, People people, TechnicianId me)
{
    private readonly Dictionary<JobId, Epoch> gone = [];
    private bool leaving;

    public Task Live()
    {
        Viewer viewer = new(world, me.Value, Streams.Technician(me), 0, Heard);
        _ = people.Live(me.Value, Breaks);
        _ = people.Live(me.Value, Report);
        return people.Live(me.Value, viewer.Look, untilRest: false);
    }

    private void Heard(Viewer.FeedEntryAt at)
    {
        IReadOnlyList<ModelFeedStore.Stored> told = world.Feeds.Stream(Streams.Technician(me));
        if (at.Seq > told.Count)
            throw new ViolationException($"{me} heard of number {at.Seq}; there are {told.Count}");
        FeedEntry entry = told[(int)at.Seq - 1].Entry;
        switch (entry.Type)
        {
            case "job.offered" when !people.Resting:
                _ = world.Simulation.Begin(() => Guarded(() => Answer(JsonNode.Parse(entry.Data)!)));
                break;
            case "job.withdrawn" or "job.cancelled" or "job.expired" or "job.moved":
                JsonNode data = JsonNode.Parse(entry.Data)!;
                gone[JobOf(data)] = EpochOf(data);
                break;
            case "technician.depotOrdered" when !people.Resting:
                int number = JsonNode.Parse(entry.Data)!["call"]!["number"]!.GetValue<int>();
                _ = world.Simulation.Begin(() => Guarded(() => Fetch(number)));
                break;
        }
    }

    private async Task Answer(JsonNode offer)
    {
        JobId job = JobOf(offer);
        Epoch epoch = EpochOf(offer);
        // An assignment outright looks like an offer first, and to accept it changes nothing. Sometimes in the last moment or after it, sometimes never.
        await world.Wait(TimeSpan.FromSeconds(world.Random.Next(4) == 0 ? 90 + world.Random.Next(240) : world.Random.Next(40)));
        int mood = world.Random.Next(10);
        if (mood == 0)
            return;
        if (mood == 1)
        {
            Operation no = people.NewOperation(me.Value);
            await people.Ask(job, new DeclineOffer(me, epoch, no.Id.Value), no, me.Value);
            return;
        }
        if (await people.Ask(job, new AcceptOffer(me, epoch), people.NewOperation(me.Value), me.Value) is not { Refusal: null, Job: { } answer })
            return;
        world.Judge.Accepted(job, epoch, me, answer);
        await Work(job, epoch);
    }

    private async Task Work(JobId job, Epoch epoch)
    {
        bool offline = world.Random.Chance(world.Chances.Offline);
        bool swaps = world.Peek(job)?.State?.Mode.IsSwap() == true;
        List<(JobCommand Step, Operation Operation)> unsent = [];
        foreach (Func<Operation, JobCommand> make in new Func<Operation, JobCommand>[]
        {
            _ => new Depart(me, epoch, world.Now), _ => new Arrive(me, epoch, world.Now),
            o => new CompleteRepair(me, epoch, world.Now, world.Random.Chance(0.1) ? RepairOutcome.NotRepaired : swaps ? RepairOutcome.Swapped : RepairOutcome.Repaired, null, o.Id.Value, swaps ? Bookers.NewNumber(o.Id.Value) : null),
            _ => new SignAcceptance(me, epoch, world.Now, "digest"), _ => new CloseJob(me, epoch, world.Now),
        })
        {
            await world.Wait(TimeSpan.FromSeconds(20 + world.Random.Next(300)));
            Operation operation = people.NewOperation(me.Value);
            JobCommand step = make(operation);
            if (offline)
                unsent.Add((step, operation));
            else if (people.Resting || (gone.TryGetValue(job, out Epoch taken) && taken > epoch) || await people.Ask(job, step, operation, me.Value) is not { Refusal: null })
                return;
            else if (step is Arrive && world.Random.Chance(0.25) && !await Agree(job, epoch))
                return;
        }
        if (offline && world.Random.Chance(0.5))
            await world.Wait(TimeSpan.FromMinutes(world.Random.Next(25)));
        foreach ((JobCommand step, Operation operation) in unsent)
            await people.Ask(job, step, operation, me.Value);
    }

    /// <summary>Looks first, says what it costs, and waits for the answer; sometimes with less patience than the customer. False where nothing is left to do here.</summary>
    private async Task<bool> Agree(JobId job, Epoch epoch)
    {
        for (int asked = 0; asked < 3; asked++)
        {
            await world.Wait(TimeSpan.FromSeconds(20 + world.Random.Next(60)));
            Operation operation = people.NewOperation(me.Value);
            if (await people.Ask(job, people.Quote(me, null, epoch, operation), operation, me.Value) is not { Refusal: null })
                return false;
            while (world.Peek(job)?.State is { Quote.Status: QuoteStatus.Open } && !people.Resting)
            {
                await world.Wait(TimeSpan.FromSeconds(30));
                Operation too = people.NewOperation(me.Value);
                if (world.Random.Chance(0.05))
                    await people.Ask(job, new CompleteRepair(me, epoch, world.Now, RepairOutcome.Repaired, null, too.Id.Value), too, me.Value);
                else if (world.Random.Chance(0.03))
                    await people.Ask(job, new AnswerQuote(me, null, world.Peek(job)?.State?.Quote?.Number ?? 1, false, QuoteAnswerer.Staff), too, me.Value);
            }
            switch (world.Peek(job)?.State?.Quote?.Status)
            {
                case QuoteStatus.Approved:
                    return true;
                case QuoteStatus.Refused:
                    // A phone that has not heard so says that it is repaired, and hears it then.
                    await people.Ask(job, new SignAcceptance(me, epoch, world.Now, "digest"), people.NewOperation(me.Value), me.Value);
                    await people.Ask(job, new CloseJob(me, epoch, world.Now), people.NewOperation(me.Value), me.Value);
                    return false;
                case QuoteStatus.Lapsed when world.Random.Chance(0.5):
                    Operation end = people.NewOperation(me.Value);
                    await people.Ask(job, new CompleteRepair(me, epoch, world.Now, RepairOutcome.NotRepaired, null, end.Id.Value), end, me.Value);
                    return false;
            }
        }
        return true;
    }

    private async Task Fetch(int number)
    {
        await world.Wait(TimeSpan.FromSeconds(world.Random.Next(600)));
        if (await people.Retry(me.Value, () => Ledger.Execute(new DepartToDepot(number, world.Now), null)) is not { Refusal: null })
            return;
        await world.Wait(TimeSpan.FromSeconds(60 + world.Random.Next(300)));
        await people.Retry(me.Value, () => Ledger.Execute(new CompleteDepotCall(number, world.Now), null));
    }

    /// <summary>Where the technician is, now and then with what could not be sent before; never twice the same, sometimes in the wrong order.</summary>
    private async Task Report()
    {
        await world.Wait(TimeSpan.FromSeconds(11 + world.Random.Next(26)));
        DateTimeOffset at = world.Now - TimeSpan.FromSeconds(world.Random.Next(40));
        await People.Try(() => Ledger.Report([new Position(me, world.PlaceNear(), at, null), new Position(me, world.PlaceNear(), at.AddSeconds(1), null)]));
    }

    /// <summary>Off duty for a while, whatever has been promised; the zone has to see to it.</summary>
    private async Task Breaks()
    {
        await world.Wait(TimeSpan.FromMinutes(20 + world.Random.Next(100)));
        if (people.Resting || leaving)
            return;
        leaving = true;
        await people.Retry(me.Value, () => Ledger.Execute(new SetDuty(false), null));
        await world.Wait(TimeSpan.FromMinutes(3 + world.Random.Next(15)));
        await people.Retry(me.Value, () => Ledger.Execute(new SetDuty(true), null));
        leaving = false;
    }

    private ITechnicianGrain Ledger => world.Grain<ITechnicianGrain>(me.Value, me.Value);

    private async Task Guarded(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (ViolationException violation)
        {
            world.Fail(violation);
        }
    }

    private static JobId JobOf(JsonNode data) => new(data["jobId"]!.GetValue<string>());

    private static Epoch EpochOf(JsonNode data) => new(data["epoch"]!.GetValue<long>());
}
