using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Technicians.Patches;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Simulation.Tests;

/// <summary>Calls changed on their way into a grain: what the grain would do if it lacked a check.</summary>
internal static class PlantedFilters
{
    public static IEnumerable<IIncomingGrainCallFilter> Of(Planted planted) => planted switch
    {
        Planted.NoEpochCheckAtJob => [new EpochForger()],
        Planted.LedgerNotAsked => [new LedgerDeaf()],
        Planted.HalfACommit => [new Dropped<SettlePatch>()],
        Planted.ReleaseNotTold => [new Dropped<ReleaseSlot>()],
        Planted.UnrepairedNotReleased => [new BenchKept()],
        _ => [],
    };

    /// <summary>Gives every technician's answer the epoch the job happens to be in.</summary>
    private sealed class EpochForger : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is IJobGrain job && context.MethodName == nameof(IJobGrain.Execute) && context.Request.GetArgument(0) is AcceptOffer accept && await job.Get() is { } now)
                context.Request.SetArgument(0, accept with { Epoch = now.State.Epoch });
            await context.Invoke();
        }
    }

    /// <summary>Takes every answer to a confirmation for a yes.</summary>
    private sealed class LedgerDeaf : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (context.Grain is ITechnicianGrain && context.MethodName == nameof(ITechnicianGrain.Execute) && context.Request.GetArgument(0) is ConfirmSlot && context.Result is TechnicianReply { Refusal: not null } no)
                context.Result = no with { Refusal = null };
        }
    }

    /// <summary>Releases that a quote has led to, and only those, never come.</summary>
    private sealed class BenchKept : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is not IServicePointGrain || context.MethodName != nameof(IServicePointGrain.Execute) || context.Request.GetArgument(0) is not ReleaseBench { Reason: "quote_refused" or "returned_unrepaired" })
                return context.Invoke();
            context.Result = new ServicePointReply(null, 0);
            return Task.CompletedTask;
        }
    }

    private sealed class Dropped<TCommand> : IIncomingGrainCallFilter where TCommand : TechnicianCommand
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is not ITechnicianGrain || context.MethodName != nameof(ITechnicianGrain.Execute) || context.Request.GetArgument(0) is not TCommand)
                return context.Invoke();
            context.Result = new TechnicianReply(null, 0);
            return Task.CompletedTask;
        }
    }
}
