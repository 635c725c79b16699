using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.ServicePoints;
using Dispatch.Grains.Contracts.ServicePoints;
using Microsoft.Extensions.DependencyInjection;
using static Dispatch.Grains.Tests.Benches;

namespace Dispatch.Grains.Tests;

/// <summary>A zone plans routes, carries them out and books benches; where one of these fails, the others go on.</summary>
public sealed class ZoneTickTests
{
    private static readonly ServiceNeeds Visit = ServiceNeeds.Of([new("phone", 1)], [], [], TimeSpan.FromMinutes(30));

    [Fact]
    public async Task Parcels_AreBooked_WhileNoRoutesCanBePlanned()
    {
        await using SqliteSilo silo = new();
        silo.Planning.ImproveFor = 1_000_000;
        silo.Rigged = services => services.AddSingleton<IZonePlanner>(new FailingPlanner());
        await silo.InitializeAsync();
        await silo.WithZone(new TechnicianId("tech_li"));
        await silo.Request(Visit);
        await Define(silo, new ServicePointId("point_near"), Profile("near"));

        await Confirmed(silo, await Request(silo));
    }

    [Fact]
    public async Task Visits_AreOffered_WhileNoBenchCanBeBooked()
    {
        await using SqliteSilo silo = new();
        silo.Rigged = services => services.AddSingleton<IIncomingGrainCallFilter>(new FailingBenches(int.MaxValue));
        await silo.InitializeAsync();
        await Define(silo, new ServicePointId("point_near"), Profile("near"));
        await silo.WithZone(new TechnicianId("tech_li"));
        await Request(silo);

        await silo.Until(await silo.Request(Visit), JobStatus.Offered);
    }

    /// <summary>
    /// The zone looks at benches every five minutes where nothing has changed: a lost call must not cost the customer that long.
    /// </summary>
    [Fact]
    public async Task ABooking_WhoseCallWasLost_IsMadeAtTheNextTick()
    {
        await using SqliteSilo silo = new();
        silo.Rigged = services => services.AddSingleton<IIncomingGrainCallFilter>(new FailingBenches(1));
        await silo.InitializeAsync();
        await Define(silo, new ServicePointId("point_near"), Profile("near"));
        await silo.WithZone();

        await Confirmed(silo, await Request(silo));
    }

    [Fact]
    public async Task APlanThatFailedOnce_IsMadeAtTheNextTick()
    {
        await using SqliteSilo silo = new();
        silo.Planning.ImproveFor = 0;
        silo.Rigged = services =>
        {
            IZonePlanner planner = (IZonePlanner)
                services.Last(service => service.ServiceType == typeof(IZonePlanner)).ImplementationInstance!;
            services.AddSingleton<IZonePlanner>(new FailingPlanner(planner));
        };
        await silo.InitializeAsync();
        await silo.WithZone(new TechnicianId("tech_li"));

        await silo.Until(await silo.Request(Visit), JobStatus.Offered);
    }

    /// <summary>Fails where there is anything to plan: always, or once before it plans.</summary>
    private sealed class FailingPlanner(IZonePlanner? planner = null) : IZonePlanner
    {
        private bool failed;

        public ZonePlan Plan(PlanningSnapshot snapshot, ZonePlan? previous, PlanBudget budget, ulong seed)
        {
            if (planner is not null && (failed || snapshot.Jobs.IsEmpty || snapshot.Technicians.IsEmpty))
                return planner.Plan(snapshot, previous, budget, seed);
            failed = true;
            throw new InvalidOperationException("no plan");
        }
    }

    /// <summary>So many reservations of benches do not arrive.</summary>
    private sealed class FailingBenches(int times) : IIncomingGrainCallFilter
    {
        private int left = times;

        public Task Invoke(IIncomingGrainCallContext context) =>
            context.InterfaceMethod.DeclaringType == typeof(IServicePointGrain)
            && context.Request.GetArgument(0) is ReserveBench
            && Interlocked.Decrement(ref left) >= 0
                ? throw new TimeoutException("the call is lost")
                : context.Invoke();
    }
}
