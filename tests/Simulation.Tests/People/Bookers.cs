using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;

namespace Dispatch.Simulation.Tests;

/// <summary>
/// Customers who book a mode of a comparison that may be old by now: any mode, at any point or technician, now and then more than there is, some of it paid for by a brand. Where the customer comes
/// to the counter, they come.
/// </summary>
internal sealed class Bookers(World world, People people, PostalPeople post)
{
    /// <summary>So few that they run out now and then.</summary>
    private const int Quota = 2, UnitsOfAPoint = 2;

    public const string Unit = "unit:sony:x";
    private const long PaidByBrand = 12_000;
    private static readonly ImmutableArray<ServiceMode> Modes = [.. Enum.GetValues<ServiceMode>()];
    private int devices;

    public static ProgrammeId Programme { get; } = ProgrammeId.Of("home", World.Zone);

    public static ImmutableArray<PartQuantity> PointStock { get; } = [new("screen", 1_000), new(Unit, UnitsOfAPoint)];

    public static ImmutableArray<PartQuantity> VanStock { get; } = [new("screen", 4), new(Unit, 1)];

    /// <summary>The number of some phone; another one each time.</summary>
    public static string NewNumber(string by)
    {
        string digits = string.Create(CultureInfo.InvariantCulture, $"86{StableHash(by) & 0xff_ffff_ffff:000000000000}");
        return $"{digits}{Imei.CheckDigit(digits)}";
    }

    public Task Customers(int bookings, TimeSpan over)
    {
        int made = 0;
        return people.Live("bookers", async () =>
        {
            if (made++ >= bookings)
            {
                await world.Wait(TimeSpan.FromMinutes(1));
                return;
            }
            await world.Wait(people.Random(over * 0.8 / bookings * 2));
            Operation operation = people.NewOperation("booker");
            JobId id = JobId.Derive(World.Tenant, operation.Id);
            world.Know(id);
            ServiceMode mode = Modes[world.Random.Next(Modes.Length)];
            BookJob book = Book(id, mode);
            if (!mode.IsVisit())
                post.Expect(id);
            JobReply? reply = await people.Ask(id, book, operation, "bookers");
            if (reply is { Refusal: null } && mode.Carriage() == Carriage.Counter)
                _ = world.Simulation.Begin(() => Come(id));
        });
    }

    private async Task Come(JobId id)
    {
        await world.Wait(TimeSpan.FromMinutes(1 + world.Random.Next(15)));
        post.LaidDown(id);
    }

    private BookJob Book(JobId id, ServiceMode mode)
    {
        ServiceNeeds needs = ServiceNeeds.Of([], [], [new(mode.IsSwap() ? Unit : "screen", mode.IsSwap() ? 1 : world.Random.Next(2))], TimeSpan.FromMinutes(10 + world.Random.Next(15)));
        bool granted = mode.IsVisit() && world.Random.Chance(0.5);
        Reservation reserved = mode.IsVisit() ? Time(needs) : new Reservation(null, null, world.Points[world.Random.Next(world.Points.Length)], Today, mode.TakesBench() ? "phone" : null, needs.Parts);
        DateTimeOffset from = reserved.Visit?.StartAt ?? world.Now;
        AgreedTerms terms = new(
            mode, OfferPrice.Free with { Labour = 9_000 }, "CNY", "2026-1", false, from, from.AddDays(1), null, granted ? new ProgrammeGrant(Programme, PaidByBrand, Quota, Quota * PaidByBrand) : null, null, reserved,
            Tariff.Consumer);
        JobRequest request = new(
            "screen", world.PlaceNear(), reserved.Visit is { } visit ? [new TimeWindow(visit.StartAt, visit.StartAt.AddHours(1))] : [], Severity.Regular, null,
            new DeviceRef("Sony", "X", NewNumber($"old {++devices} {id}")), mode, "phone");
        // Kept so briefly now and then that what is reserved is gone before it is confirmed.
        return new BookJob(id, World.Tenant, World.Zone, request, needs, terms, world.Now + TimeSpan.FromSeconds(world.Random.Chance(0.3) ? 5 : 600));
    }

    private DateOnly Today => DateOnly.FromDateTime(world.Now.UtcDateTime);

    /// <summary>After what somebody has promised to others, as far as a list shows; it may be wrong by now.</summary>
    private Reservation Time(ServiceNeeds needs)
    {
        TechnicianId technician = world.Technicians[world.Random.Next(world.Technicians.Length)];
        DateTimeOffset free = (world.Peek(technician)?.State?.Commitments ?? []).Select(c => c.Visit.FinishAt).Append(world.Now).Max().AddMinutes(2);
        return new Reservation(technician, new Visit(free, free, free, free + needs.Service), null, null, null, needs.Parts);
    }

    /// <summary>The same in every process, so that a seed is the same run.</summary>
    private static long StableHash(string text) => text.Aggregate(17L, (hash, c) => unchecked(hash * 31 + c));
}
