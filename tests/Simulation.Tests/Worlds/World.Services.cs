using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Messages;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Jobs;
using Dispatch.Grains.Messages;
using Dispatch.Grains.Zones;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Simulation.Tests;

/// <summary>What each simulated host is made of: the production services, with models of what lies outside.</summary>
internal sealed partial class World
{
    /// <summary>A returned device closes its job within the run.</summary>
    public static JobRules Rules { get; } = JobRules.Standard with { CloseAfterDelivery = TimeSpan.FromMinutes(20) };

    /// <summary>A place on a bench is kept so briefly that confirmations come too late now and then.</summary>
    private MailInRules MailIn => Size.Technicians == 0 ? new() : new() { Hold = TimeSpan.FromSeconds(10) };

    private readonly StraightLineTravel travel = new(new TravelModel());

    private void AddServices(IServiceCollection services)
    {
        services.AddKeyedSingleton<IGrainStorage>("dispatch", new WatchedStorage(this));
        services.AddSingleton<IFeedStore>(Feeds);
        services.AddSingleton<BusinessClock>(provider => new ClockApart(provider.GetRequiredService<TimeProvider>(), ahead));
        services.AddSingleton(new AggregateOptions());
        services.AddSingleton<AggregateServices>();
        services.AddSingleton(Rules);
        services.AddSingleton(DeskRules.Standard);
        services.AddSingleton(new JobOptions());
        services.AddSingleton(new PlanningOptions { Tick = Size.Tick, Iterations = 6, ImproveFor = 0, OfferLead = TimeSpan.FromMinutes(20), MailIn = MailIn });
        services.AddSingleton<IMessageGateway>(Gateway);
        services.AddSingleton<IMessageWriter>(Gateway);
        // Silence is asked about soon and often enough to be over within the run.
        services.AddSingleton(new MessageOptions { AskAfter = TimeSpan.FromSeconds(30) });
        services.AddSingleton<MessageServices>();
        services.AddSingleton<IPlanRunner, InlinePlanRunner>();
        services.AddSingleton<ITravel>(travel);
        ZonePlanner planner = new(travel, PlanningRules.Default with { Explain = false });
        services.AddSingleton<IZonePlanner>(planner);
        services.AddSingleton<IPlanExplainer>(planner);
        foreach (IIncomingGrainCallFilter filter in PlantedFilters.Of(Planted))
            services.AddSingleton(filter);
    }

    /// <summary>A host's business time: as fast as its process time, but another time.</summary>
    private sealed class ClockApart(TimeProvider process, TimeSpan ahead) : BusinessClock
    {
        public override double Speed => 1;

        public override DateTimeOffset GetUtcNow() => process.GetUtcNow() + ahead;
    }

    /// <summary>Notes which records may come to exist.</summary>
    private sealed class WatchedStorage(World world) : IGrainStorage
    {
        /// <summary>Made with the first use: the hosts start while the simulation, and with it the store, is still being made.</summary>
        private readonly Lazy<IGrainStorage> made = new(() => new PlantedStorage(world.Simulation.Storage, world.Planted, world.ahead), LazyThreadSafetyMode.None);

        private IGrainStorage Inner => made.Value;

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Inner.ReadStateAsync(stateName, grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            world.Writing(stateName, GrainKeys.Id(grainId.Key.ToString()!));
            return Inner.WriteStateAsync(stateName, grainId, grainState);
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Inner.ClearStateAsync(stateName, grainId, grainState);
    }
}
