using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Simulation.Tests;

/// <summary>The store with the mistakes of a careless writer in front of it; without a planted bug it only passes on.</summary>
/// <param name="ahead">Of process time, business time.</param>
internal sealed class PlantedStorage(IGrainStorage inner, Planted planted, TimeSpan ahead) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (planted != Planted.None && grainState.State is GrainRecord<JobState, JobReply, GrainMessage> job)
            grainState.State = (T)(object)Spoiled(job);
        try
        {
            await inner.WriteStateAsync(stateName, grainId, grainState);
        }
        catch (InconsistentStateException) when (planted == Planted.WriteAgainOverConflict)
        {
            GrainState<T> now = new();
            await inner.ReadStateAsync(stateName, grainId, now);
            grainState.ETag = now.ETag;
            await inner.WriteStateAsync(stateName, grainId, grainState);
        }
        catch (IOException) when (planted == Planted.FailureSwallowed)
        {
            // As if it had been written.
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);

    private GrainRecord<JobState, JobReply, GrainMessage> Spoiled(GrainRecord<JobState, JobReply, GrainMessage> r) => planted switch
    {
        Planted.OperationForgotten => With(r, operations: true),
        Planted.OutboxNotStored => With(r, outbox: true),
        Planted.DueTimeForgotten => With(r, due: true),
        Planted.DueOnProcessTime => With(r, dueLater: -ahead),
        Planted.DrainOnBusinessTime => With(r, drainLater: ahead),
        Planted.ExpiryOffByOne when r.State is { OfferExpiresAt: { } end } state => With(r, state: state with { OfferExpiresAt = end.AddSeconds(1) }),
        Planted.RepetitionAnsweredAnew => With(r, replies: reply => reply.Job is { } told ? reply with { Job = told with { Epoch = told.Epoch.Next } } : reply),
        _ => r,
    };

    private static GrainRecord<JobState, JobReply, GrainMessage> With(
        GrainRecord<JobState, JobReply, GrainMessage> r, bool operations = false, bool outbox = false, bool due = false, JobState? state = null, Func<JobReply, JobReply>? replies = null,
        TimeSpan dueLater = default, TimeSpan drainLater = default) => new()
    {
        Schema = r.Schema,
        State = state ?? r.State,
        Version = r.Version,
        Operations = operations ? [] : replies is null ? r.Operations : [.. r.Operations.Select(o => o with { Reply = replies(o.Reply) })],
        Outbox = outbox ? [] : r.Outbox,
        DueAt = due ? null : r.DueAt + (long)dueLater.TotalMilliseconds,
        DrainAt = due ? null : r.DrainAt + (long)drainLater.TotalMilliseconds,
        Unknown = r.Unknown,
    };
}
