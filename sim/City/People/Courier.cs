using System.Globalization;
using Dispatch.Sim.City.Plan;
using Dispatch.Sim.City.Setup;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.City.People;

/// <summary>The carrier: reads what is to be moved, moves it, and says so.</summary>
public sealed class Courier(CityWorld world)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3), ServerPause = TimeSpan.FromMinutes(2);

    private readonly HashSet<(string Waybill, string Status)> told = [];

    public Task Live(CancellationToken cancellation) => world.Forever("courier", async stop =>
    {
        using ApiClient api = await world.SignIn(CitySetup.Carrier, stop);
        while (true)
        {
            List<CarrierEvent> due = [];
            string? after = null;
            do
            {
                CarrierParcelList page = (await api.Get<CarrierParcelList>("v1/carrier/parcels?limit=1000" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), stop)).Must("parcels");
                DateTimeOffset now = world.Clock.Certain;
                due.AddRange(page.Items.SelectMany(p => ParcelJourney.Of(p, world.Plan.Seed, CityPlan.Offset)).Where(e => e.At <= now && !told.Contains((e.Waybill, e.Status))));
                after = page.Next;
            }
            while (after is not null);
            foreach (CarrierEvent[] some in due.OrderBy(e => e.At).Chunk(AtOnce))
                await Tell(api, some, stop);
            await world.Pause(Pause, ServerPause, stop);
        }
    }, cancellation);

    /// <summary>The key says what is told; a batch that ended half-way is told again with the next round, which changes nothing that was taken.</summary>
    private async Task Tell(ApiClient api, CarrierEvent[] events, CancellationToken stop)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"courier-{Chance.Hash(world.Plan.Seed, [.. events.Select(e => (object)$"{e.Waybill}/{e.Status}")]):x}-{world.Clock.Now.UtcTicks}");
        switch (await api.Command<CarrierTaken>("v1/carrier/events", new CarrierEvents(events), key, stop))
        {
            case ApiResult<CarrierTaken>.Ok:
                told.UnionWith(events.Select(e => (e.Waybill, e.Status)));
                break;
            case ApiResult<CarrierTaken>.Refused no:
                world.Trouble($"courier: {no.Problem}");
                break;
        }
    }
}
