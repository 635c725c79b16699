using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;

namespace Dispatch.Grains.Tests.Bookings;

/// <summary>Makes points, technicians and bookings at them, each with just as much as a test wants to run out of.</summary>
internal sealed class Booker(DispatchSilo silo)
{
    public const string Unit = "unit:huawei:p60", Old = "490154203237518", New = "356938035643809";

    /// <summary>A zone that nobody has defined: nothing but the bookings themselves is planned.</summary>
    private static readonly ZoneId Quiet = new("zone_q");
    private static readonly Place Place = new(121.01, 31.01);

    private readonly DateTimeOffset start = TimeProvider.System.GetUtcNow();

    /// <summary>Tomorrow, so that no day ends while the test runs.</summary>
    private DateTimeOffset Noon => start.AddDays(1);

    private DateOnly Day => DateOnly.FromDateTime(Noon.UtcDateTime);

    public async Task<ServicePointId> Point(string id, int perDay, params PartQuantity[] stock)
    {
        ServicePointId point = new($"point_{id}");
        ServicePointProfile profile = new(
            id, Quiet, Place, [Quiet], ["Huawei"], [new("phone", 2)], new OpeningHours(new TimeOnly(0, 0), new TimeOnly(23, 59), "UTC", []), [new BenchCapacity("phone", perDay)]);
        Assert.Null((await silo.Point(point).Execute(new DefineServicePoint(point, DispatchSilo.Tenant, profile, [.. stock]), null)).Refusal);
        return point;
    }

    public async Task<TechnicianId> Technician(string id, params PartQuantity[] stock)
    {
        TechnicianId technician = new($"tech_{id}");
        TechnicianProfile profile = new(id, Quiet, Place, new TimeWindow(start.AddHours(-1), start.AddDays(3)), [new("phone", 1)], [], [.. stock]);
        Assert.Null((await silo.Technician(technician).Execute(new RegisterTechnician(technician, DispatchSilo.Tenant, profile), null)).Refusal);
        Assert.Null((await silo.Technician(technician).Execute(new SetDuty(true), null)).Refusal);
        return technician;
    }

    /// <summary>At a point: its one bench, its parts, or its unit.</summary>
    public BookJob At(ServicePointId point, ServiceMode mode, Operation operation, params PartQuantity[] parts) =>
        Book(mode, operation, new Reservation(null, null, point, Day, mode.TakesBench() ? "phone" : null, [.. parts]), null);

    /// <summary>At the customer's, so many minutes after noon tomorrow.</summary>
    public BookJob With(TechnicianId technician, ServiceMode mode, Operation operation, int minute, ProgrammeGrant? grant = null, params PartQuantity[] parts)
    {
        DateTimeOffset at = Noon.AddMinutes(minute);
        return Book(mode, operation, new Reservation(technician, new Visit(at, at, at, at.AddMinutes(30)), null, null, null, [.. parts]), grant);
    }

    private BookJob Book(ServiceMode mode, Operation operation, Reservation reserved, ProgrammeGrant? grant)
    {
        AgreedTerms terms = new(mode, OfferPrice.Free with { Labour = 9_000 }, "CNY", "2026-1", false, Noon, Noon.AddDays(1), null, grant, null, reserved, Tariff.Consumer);
        JobRequest request = new(
            "screen", Place, reserved.Visit is { } visit ? [new TimeWindow(visit.StartAt, visit.StartAt.AddHours(1))] : [], Severity.Regular, null, new DeviceRef("Huawei", "P60", Old), mode, "phone");
        return new BookJob(
            JobId.Derive(DispatchSilo.Tenant, operation.Id), DispatchSilo.Tenant, Quiet, request, ServiceNeeds.Of([], [], reserved.Parts, TimeSpan.FromMinutes(30)), terms, TimeProvider.System.GetUtcNow().AddMinutes(30));
    }

    public Task<JobReply> Send(BookJob book, Operation operation) => silo.Job(book.Id).Execute(book, operation);
}
