using System.Globalization;
using Dispatch.Sim.City;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Chaos.Load;

/// <summary>The carrier: takes the list of what is to be moved and says in batches what became of it.</summary>
public sealed class CarrierLoad(ChaosWorld world)
{
    private sealed record Report(string Waybill, string Status, string At, string Text);

    private sealed record Reports(IReadOnlyList<Report> Events);

    private static readonly string[] Course = ["infoReceived", "inTransit", "outForDelivery", "delivered"];

    public Task Live() => world.Until(i =>
    {
        world.Errand(() => Round(i));
        return Task.CompletedTask;
    }, _ => TimeSpan.FromSeconds(1));

    private async Task Round(int i)
    {
        Person me = world.Find(ChaosSetup.Carrier);
        CarrierParcelList parcels = (await me.Patient.Get<CarrierParcelList>("v1/carrier/parcels?limit=200", world.Life)).Must("parcels");
        string key = string.Create(CultureInfo.InvariantCulture, $"carrier-{i}");
        List<Report> reports = [];
        foreach (CarrierParcel parcel in parcels.Items.Where(p => Chance.Share(world.Seed, p.Waybill, p.Status, i) < 0.3).Take(20))
            reports.Add(new Report(parcel.Waybill, Course[Math.Min(Course.Length - 1, Array.IndexOf(Course, parcel.Status) + 1)], ChaosWorld.Wire(world.Moment()), $"{key}#{reports.Count}"));
        if (reports.Count > 0)
            await world.Send(me, "v1/carrier/events", new Reports(reports), key);
    }
}
