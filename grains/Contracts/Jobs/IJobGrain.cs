using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;

namespace Dispatch.Grains.Contracts.Jobs;

/// <summary>What a job looks like right after a command, small enough to be kept with the operation.</summary>
/// <param name="Link">Number of the customer's newest link.</param>
[GenerateSerializer, Immutable, Alias("dispatch.jobAnswer")]
public sealed record JobAnswer(
    [property: Id(0)] JobId Id,
    [property: Id(1)] JobStatus Status,
    [property: Id(2)] Epoch Epoch,
    [property: Id(3)] long Version,
    [property: Id(4)] ImmutableArray<TechnicianId> Technicians,
    [property: Id(5)] int Link = 0);

/// <summary>Either a refusal, with the present state where there is one, or the state after the command.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.jobReply")]
public sealed record JobReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] JobAnswer? Job);

/// <summary>A job with the number of its newest event.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.versionedJob")]
public sealed record VersionedJob([property: Id(0)] JobState State, [property: Id(1)] long Version);

/// <summary>One repair, and the only authority on who has it. Key: tenant/job id.</summary>
[Alias("dispatch.IJobGrain")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Decide, write, then answer: at the reply the effect is durable, and its events are on their way in order, each at least once, to
    /// feeds, technician and zone. Offers reserve the technicians' time first and acceptance confirms it first, so this may call technicians. A job that
    /// stands still for a change of plan has that decided before anything a person asks.
    /// Refusals are data; an exception means that the outcome is unknown and the same operation may be repeated.
    /// </summary>
    [Alias("Execute")]
    Task<JobReply> Execute(JobCommand command, Operation? operation);

    /// <summary>
    /// Keeps a refusal that was found before the job was asked as the answer to this operation, so that a repetition gets it again. Where the operation was answered before, that
    /// answer is given and nothing kept.
    /// </summary>
    [Alias("Refuse")]
    Task<JobReply> Refuse(Refusal refusal, Operation operation);

    /// <summary>The present state, or null if there is no such job.</summary>
    [Alias("Get")]
    Task<VersionedJob?> Get();

    /// <summary>Looks at what is due: an offer past its expiry, a quote past its last moment, a change of plan past its time, an outbox not drained. Harmless at any time.</summary>
    [Alias("Wake")]
    Task Wake();
}
