using System.Globalization;
using Dispatch.Sim.City;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Chaos.Load;

/// <summary>Every phone says where it is, each at its own moment. A position that is not taken is not sent again, because the next one replaces it; but none may fail for another reason than that nobody takes it now.</summary>
public sealed class PositionLoad(ChaosWorld world)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public Task Live() => Task.WhenAll(world.Technicians.Select(t => world.Until(i =>
    {
        world.Errand(() => Report(t, i));
        return Task.CompletedTask;
    }, i => i == 0 ? Interval * Chance.Share(world.Seed, t.Id, "position") : Interval)));

    private async Task Report(Crew crew, int i)
    {
        Place at = ChaosSetup.PlaceOf(world.Seed, string.Create(CultureInfo.InvariantCulture, $"{crew.Id} {i}"));
        await crew.Person.Impatient.Command<Nothing>($"v1/technicians/{crew.Id}/positions", new PositionsRequest([new PositionReport(at.Lon, at.Lat, world.Time.GetUtcNow(), null)]), string.Create(CultureInfo.InvariantCulture, $"position-{i}"), world.Life);
    }
}
