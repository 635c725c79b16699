namespace Dispatch.Sim.Chaos.Load;

/// <summary>All people of the town at once.</summary>
public static class ChaosLoad
{
    /// <returns>Ends when the day has closed.</returns>
    public static Task Begin(ChaosWorld world, Watchers watchers, CustomerLoad customers)
    {
        Dictionary<string, TechnicianLoad> phones = world.Technicians.ToDictionary(t => t.Id, t => new TechnicianLoad(world, t), StringComparer.Ordinal);
        watchers.Begin(phones);
        return Task.WhenAll(
        [
            customers.Live(), watchers.Customers(), new CarrierLoad(world).Live(), new PositionLoad(world).Live(),
            .. Enumerable.Range(1, ChaosSetup.Dispatchers).Select(n => new DeskLoad(world, FormattableString.Invariant($"desk{n}")).Live()),
            .. world.Points.Select(p => new BenchLoad(world, p).Live()),
        ]);
    }
}
