using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Simulation.Tests;

/// <summary>Everybody around a parcel: customers who send one, a carrier who says things twice and in the wrong order, and the staff of a bench with as many hands as places.</summary>
internal sealed class PostalPeople(World world, People people)
{
    private readonly List<JobId> parcels = [];
    private readonly HashSet<Waybill> moving = [];
    private readonly HashSet<JobId> laidDown = [];

    /// <summary>In a busy morning the carrier lives next door and a repair takes minutes, so that whole journeys fit into it.</summary>
    private readonly bool fast = world.Size.Technicians > 0;

    private DateTimeOffset Now => world.Now;

    public IReadOnlyList<JobId> Parcels => parcels;

    /// <summary>A job that was booked at a point is served there like any other.</summary>
    public void Expect(JobId job) => parcels.Add(job);

    /// <summary>The customer has come to the counter.</summary>
    public void LaidDown(JobId job) => laidDown.Add(job);

    public Task Customers(int requests, TimeSpan over)
    {
        int filed = 0;
        return people.Live("senders", async () =>
        {
            if (filed++ >= requests)
            {
                await world.Wait(TimeSpan.FromMinutes(1));
                return;
            }
            Operation operation = people.NewOperation("sender");
            JobId id = JobId.Derive(World.Tenant, operation.Id);
            world.Know(id);
            parcels.Add(id);
            RequestJob request = new(id, World.Tenant, World.Zone,
                new JobRequest("screen", world.PlaceNear(), [], Severity.Regular, null, new DeviceRef("Sony", "X", null), ServiceMode.MailIn, "phone"),
                ServiceNeeds.Of([new("phone", 1)], [], [new("screen", world.Random.Next(2))], TimeSpan.FromMinutes(20 + world.Random.Next(40))));
            await people.Ask(id, request, operation, "senders");
            await world.Wait(over / requests);
        });
    }

    /// <summary>Collects what is booked and what is packed; each parcel takes its own time.</summary>
    public Task Carrier() => people.Live("carrier", async () =>
    {
        foreach (JobId id in parcels.ToArray())
            if (Seen(id) is { MailIn: { } mail, Booking.Confirmed: true, Status: JobStatus.Booked or JobStatus.Packed or JobStatus.Shipped } job)
                foreach (Parcel parcel in mail.Parcels.Where(p => p.Direction == (job.Status == JobStatus.Booked ? ParcelDirection.Inbound : ParcelDirection.Return)))
                    if (moving.Add(parcel.Waybill))
                        _ = Move(id, parcel.Waybill);
        await world.Wait(TimeSpan.FromMinutes(fast ? 1 : 2));
    });

    private Task Move(JobId id, Waybill waybill) => world.Simulation.Begin(async () =>
    {
        await world.Wait(TimeSpan.FromMinutes(fast ? 1 + world.Random.Next(10) : 20 + world.Random.Next(80)));
        // Some say a word before they have it, some nothing at all until it lies there.
        if (fast && world.Random.Chance(0.2))
            await Say(id, waybill, ParcelStatus.InfoReceived, Now);
        DateTimeOffset collected = Now;
        if (fast && world.Random.Chance(0.1))
        {
            await world.Wait(TimeSpan.FromMinutes(2 + world.Random.Next(10)));
            laidDown.Add(id);
            return;
        }
        await Say(id, waybill, ParcelStatus.InTransit, collected);
        // One in twenty is held up somewhere.
        await world.Wait(fast ? TimeSpan.FromMinutes(2 + world.Random.Next(10)) : TimeSpan.FromMinutes(90 + world.Random.Next(120) + (world.Random.Chance(0.05) ? 600 : 0)));
        if (world.Random.Chance(0.3))
            await Say(id, waybill, ParcelStatus.Delivered, Now);
        await Say(id, waybill, ParcelStatus.OutForDelivery, Now - TimeSpan.FromMinutes(10));
        await Say(id, waybill, ParcelStatus.Delivered, Now);
        if (world.Random.Chance(0.3))
            await Say(id, waybill, ParcelStatus.InTransit, collected);
        if (fast && world.Random.Chance(0.4))
            _ = world.Simulation.Begin(() => SayLate(id, waybill, collected));
        if (Seen(id)?.Status == JobStatus.Delivered && world.Random.Chance(0.7))
            await people.Ask(id, new ConfirmReturn(), people.NewOperation("sender"), "senders");
    });

    /// <summary>A scan that comes in long after what it tells.</summary>
    private async Task SayLate(JobId id, Waybill waybill, DateTimeOffset collected)
    {
        await world.Wait(TimeSpan.FromSeconds(world.Random.Next(2400)));
        await Say(id, waybill, ParcelStatus.AttemptFail, collected.AddMinutes(1));
    }

    private Task Say(JobId id, Waybill waybill, ParcelStatus status, DateTimeOffset at) =>
        people.Ask(id, new RecordParcel(waybill, status, at, null), people.NewOperation("carrier"), "carrier");

    /// <summary>Takes the devices of its own day in the order of their promise, one after the other.</summary>
    public Task Bench(ServicePointId me) => people.Live(me.Value, async () =>
    {
        JobState? next = parcels.Select(Seen)
            .Where(j => j?.Booking?.Point == me && j.Status is >= JobStatus.Booked and <= JobStatus.Packed && IsHere(j) && !Waits(j))
            .MinBy(j => (j!.Booking!.PromisedAt, j.Id.Value));
        if (next is null)
        {
            await world.Wait(TimeSpan.FromMinutes(fast ? 1 : 5));
            return;
        }
        Operation operation = people.NewOperation(me.Value);
        JobCommand step = next switch
        {
            { GoesBackUnrepaired: true } when next.Quote!.Status == QuoteStatus.Refused || world.Random.Chance(0.5) => Back(next, me),
            _ when IsToBeQuoted(next) => people.Quote(null, me, null, operation),
            _ => Step(me, next, operation),
        };
        // The work itself takes the time that a day's places leave for one device; everything else is a matter of minutes.
        await world.Wait(fast ? TimeSpan.FromSeconds(20 + world.Random.Next(120)) : step is FinishBench ? TimeSpan.FromHours(10) / world.Size.PerDay : TimeSpan.FromMinutes(2));
        await people.Ask(next.Id, step, operation, me.Value);
    });

    private PointStep Step(ServicePointId me, JobState next, Operation operation) => next.Status switch
    {
        JobStatus.Booked when next.Mode == ServiceMode.SwapByPost => Give(next, me, operation),
        JobStatus.Booked or JobStatus.InTransit => new ReceiveDevice(me, Now),
        JobStatus.Received => new InspectDevice(me, Now, operation.Id.Value),
        JobStatus.Inspected when next.Mode.IsSwap() => Give(next, me, operation),
        JobStatus.Inspected => new StartBench(me, Now),
        JobStatus.OnBench => new FinishBench(
            me, Now, fast && world.Random.Chance(0.1) ? RepairOutcome.NotRepaired : RepairOutcome.Repaired,
            // Now and then more than was agreed, where something was.
            fast && world.Random.Chance(0.05) ? [new PartQuantity("screen", 2)] : null, operation.Id.Value),
        JobStatus.Repaired when next.Mode.IsSwap() => Back(next, me),
        JobStatus.Repaired => new CheckRepair(me, Now, !world.Random.Chance(0.05), null),
        JobStatus.Checked => Back(next, me),
        _ => new ShipDevice(me, Now),
    };

    /// <summary>Some devices cost more than anybody agreed to, and some turn out so on the bench; after a silence the customer is asked again.</summary>
    private bool IsToBeQuoted(JobState job) => fast && !job.Mode.IsSwap() && job.Status is JobStatus.Inspected or JobStatus.OnBench
        && (job.Quote is { Status: QuoteStatus.Lapsed } || world.Random.Chance(job.Status == JobStatus.Inspected && job.Quote is null ? 0.4 : 0.15));

    /// <summary>Nobody works on what waits for its customer, but for the impatient.</summary>
    private bool Waits(JobState job) => job.Quote is { Status: QuoteStatus.Open } && !world.Random.Chance(0.05);

    private PointStep Back(JobState job, ServicePointId me) => job.Mode.HasParcels() ? new PackDevice(me, Now) : new HandOverDevice(me, Now);

    /// <summary>Another unit for the old one; at the counter somebody finds now and then that it need not be.</summary>
    private FinishBench Give(JobState job, ServicePointId me, Operation operation) => job.Mode != ServiceMode.SwapByPost && world.Random.Chance(0.1)
        ? new FinishBench(me, Now, RepairOutcome.NotRepaired, null, operation.Id.Value)
        : new FinishBench(me, Now, RepairOutcome.Swapped, null, operation.Id.Value, Bookers.NewNumber(operation.Id.Value));

    /// <summary>Whether the device lies on the counter: nobody scans what has not come. Where another unit is sent, nobody waits for it.</summary>
    private bool IsHere(JobState job) => job.Status > JobStatus.InTransit || job is { Mode: ServiceMode.SwapByPost, Booking.Confirmed: true } || laidDown.Contains(job.Id) || job.MailIn!.ParcelTo(ParcelDirection.Inbound)?.Status == ParcelStatus.Delivered;

    private JobState? Seen(JobId id) => world.Peek(id)?.State;
}
