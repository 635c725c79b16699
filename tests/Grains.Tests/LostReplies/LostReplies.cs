using Dispatch.Grains.Contracts.Storage;
using System.Collections.Concurrent;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Storage;

namespace Dispatch.Grains.Tests.LostReplies;

/// <summary>
/// Throws away the first reply of every command of a test, after the command has been carried out; with every third the activation goes as well, so that the repetition meets another
/// one. The commands are told apart by who asks, because a caller that does not keep its key has another one each time.
/// </summary>
public sealed class LostReplies : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> attempts = [];
    private int calls, lost, ended;

    /// <summary>Calls that arrived at the grains.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>Replies thrown away.</summary>
    public int Lost => Volatile.Read(ref lost);

    /// <summary>Of these, those whose activation was ended with them.</summary>
    public int Ended => Volatile.Read(ref ended);

    public static string By(int command) => $"retried-{command}";

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        bool executes = context.InterfaceMethod.Name == nameof(IJobGrain.Execute)
            && (context.InterfaceMethod.DeclaringType == typeof(IJobGrain) || context.InterfaceMethod.DeclaringType == typeof(ITechnicianGrain));
        if (!executes || context.Request.GetArgument(1) is not Operation { By: var by } || !by.StartsWith("retried-", StringComparison.Ordinal))
            return;
        Interlocked.Increment(ref calls);
        if (attempts.AddOrUpdate(by, 1, (_, before) => before + 1) > 1)
            return;
        Interlocked.Increment(ref lost);
        if (by[^1] is '0' or '4' or '7')
        {
            Interlocked.Increment(ref ended);
            context.TargetContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "the activation goes with the reply"));
        }
        throw new TimeoutException("the reply is lost");
    }
}

/// <summary>A store that now and then has written what it was given and says that it failed, as one whose connection breaks during the commit.</summary>
public sealed class ForgetfulStorage(IGrainStorage inner) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private const int Every = 16;
    private int writes, denied;

    /// <summary>Writes that are durable although their caller heard otherwise.</summary>
    public int Denied => Volatile.Read(ref denied);

    /// <summary>Orleans' own provider reads its statements when the silo starts.</summary>
    public void Participate(ISiloLifecycle lifecycle) => (inner as ILifecycleParticipant<ISiloLifecycle>)?.Participate(lifecycle);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await inner.WriteStateAsync(stateName, grainId, grainState);
        if (stateName is not ("job" or "technician") || Interlocked.Increment(ref writes) % Every != 0)
            return;
        Interlocked.Increment(ref denied);
        throw new StorageUnavailableException("the answer of the database is lost");
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
}
