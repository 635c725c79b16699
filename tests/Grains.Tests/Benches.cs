using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;

namespace Dispatch.Grains.Tests;

/// <summary>Service points that are always open, and parcels to them.</summary>
internal static class Benches
{
    public static readonly ServiceNeeds Needs = ServiceNeeds.Of([new("phone", 1)], [], [new("screen", 1)], TimeSpan.FromMinutes(30));

    public static ServicePointProfile Profile(string name, double east = 0, int perDay = 5, string brand = "Sony") => new(
        name, DispatchSilo.Zone, new Place(121 + east, 31), [DispatchSilo.Zone], [brand], [new("phone", 2)],
        new OpeningHours(new TimeOnly(0, 0), new TimeOnly(23, 59), "Asia/Shanghai", []), [new BenchCapacity("phone", perDay)]);

    public static async Task Define(DispatchSilo silo, ServicePointId id, ServicePointProfile profile, int screens = 1_000) =>
        Assert.Null((await silo.Point(id).Execute(new DefineServicePoint(id, DispatchSilo.Tenant, profile, [new("screen", screens)]), null)).Refusal);

    public static async Task<JobId> Request(DispatchSilo silo, double east = 0)
    {
        Operation operation = silo.NewOperation();
        JobId id = JobId.Derive(DispatchSilo.Tenant, operation.Id);
        JobRequest request = new("screen", new Place(121 + east, 31.01), [], Severity.Regular, null, new DeviceRef("Sony", "X", null), ServiceMode.MailIn, "phone");
        Assert.Null((await silo.Job(id).Execute(new RequestJob(id, DispatchSilo.Tenant, DispatchSilo.Zone, request, Needs), operation)).Refusal);
        return id;
    }

    public static Task<VersionedJob?> Confirmed(DispatchSilo silo, JobId id) =>
        DispatchSilo.Eventually($"{id} has its bench", () => silo.Job(id).Get(), job => job?.State.Booking is { Confirmed: true });
}
