using System.Collections.Immutable;
using Dispatch.Sim.City.Demand;
using Dispatch.Sim.City.Map;
using Dispatch.Sim.City.People;
using Dispatch.Sim.City.Plan;
using Dispatch.Sim.City.Setup;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Clock;

namespace Dispatch.Sim.City;

/// <summary><c>Living</c>: a city that works by itself. <c>Quiet</c>: a zone and sixteen technicians who wait for somebody to try it.</summary>
public enum CityKind { Living, Quiet }

/// <param name="Manager">Enters what the city consists of, and every time again: what is there already stays.</param>
/// <param name="Log">Told what is worth a line.</param>
/// <param name="Detail">Told what three hundred phones find worth a line.</param>
public sealed record CityOptions(Uri Server, Credentials Manager, CitySecret Secret, CityKind Kind, int Seed, Action<string> Log, Action<string> Detail);

/// <summary>
/// A city and everybody in it, over the public interface of a server and nothing else. <see cref="Enter"/> first, then <see cref="Live"/>. It can be stopped and started again at any
/// time: what it does follows from one number and the date, every command has a key that says what it is, and what is under way is read from the server.
/// </summary>
public sealed class CityRun : IAsyncDisposable
{
    private readonly SocketsHttpHandler handler;
    private readonly CityOptions options;
    private readonly TimeProvider time;
    private readonly ServerClock clock;
    private readonly ApiClient manager;
    private readonly CityWorld world;
    private readonly ImmutableArray<string> brands;
    private IReadOnlyDictionary<string, EnteredTechnician> entered = ImmutableDictionary<string, EnteredTechnician>.Empty;

    private CityRun(CityOptions options, TimeProvider time, SocketsHttpHandler handler, ApiClient manager, ServerClock clock, CityPlan plan, ImmutableArray<string> brands)
    {
        (this.options, this.time, this.handler, this.manager, this.clock, this.brands) = (options, time, handler, manager, clock, brands);
        world = new CityWorld(plan, options.Server, handler, clock, options.Secret, time, options.Log, options.Detail);
    }

    public CityPlan Plan => world.Plan;

    /// <summary>Looks at the server: its map, its catalogue, its clock.</summary>
    /// <exception cref="CityRefusedException">The city cannot live there.</exception>
    public static async Task<CityRun> Open(CityOptions options, TimeProvider time, CancellationToken cancellation)
    {
        SocketsHttpHandler handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(30), MaxConnectionsPerServer = 64 };
        ApiClient manager = new(options.Server, handler, time, RetryRules.Standard, new Random());
        try
        {
            (await manager.SignIn(options.Manager, cancellation)).Must("sign-in of the manager");
            ServerClock clock = await ServerClock.Measure(manager, time, cancellation);
            CityMap map = await CityMap.Read(handler, options.Server, options.Seed, cancellation);
            ImmutableArray<string> brands = [.. (await manager.Get<CatalogueReply>("v1/catalogue", cancellation)).Must("catalogue").Brands];
            CityPlan plan = options.Kind == CityKind.Living ? CityPlan.Living(map, options.Seed, brands) : CityPlan.Quiet(map, options.Seed, brands);
            return new CityRun(options, time, handler, manager, clock, plan, brands);
        }
        catch
        {
            manager.Dispose();
            handler.Dispose();
            throw;
        }
    }

    /// <summary>Enters what is missing: zones, points, accounts, technicians.</summary>
    public async Task Enter(CancellationToken cancellation)
    {
        // One working time for ever: the roster is kept by being on duty.
        Period shift = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, CityPlan.Offset), new DateTimeOffset(2036, 1, 1, 0, 0, 0, CityPlan.Offset));
        entered = await new CitySetup(manager, Plan, options.Secret).Enter(shift, cancellation);
    }

    /// <summary>Everybody does what they do, until cancelled.</summary>
    public async Task Live(CancellationToken cancellation)
    {
        if (options.Kind == CityKind.Quiet)
            return;
        bool isNew = (await manager.Get<JobList>("v1/jobs?limit=1", cancellation)).Must("jobs").Items.Count == 0;
        RequestSchedule schedule = new(Plan, brands);
        Customers customers = new(world, schedule);
        List<Task> lives =
        [
            customers.Live(isNew, cancellation),
            new Recipients(world, schedule, customers).Live(cancellation),
            new Courier(world).Live(cancellation),
            .. Plan.Points.Select(p => new PointStaff(world, p).Live(cancellation)),
            new ServiceDesk(world).Live(cancellation),
            .. Plan.Technicians.Where(t => t.Engagement != Engagement.Visitor).Select(t => new TechnicianLife(world, t, entered[t.User].Id).Live(entered[t.User].OnDuty, cancellation)),
        ];
        await Task.WhenAll(lives);
    }

    public async ValueTask DisposeAsync()
    {
        await clock.DisposeAsync();
        manager.Dispose();
        handler.Dispose();
    }
}
