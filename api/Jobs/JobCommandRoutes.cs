using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Contracts.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Jobs;

using Answer = Task<Results<Ok<JobReplyView>, Refused>>;

/// <summary>Changing jobs. Each handler turns the body into a command; the job alone decides.</summary>
internal static class JobCommandRoutes
{
    private static readonly int[] Refusals = [400, 401, 403, 404, 409, 412, 413, 415, 422, 503];

    public static void Map(RouteGroupBuilder jobs)
    {
        jobs.MapPost("", Create).RequireAccess(Act.RequestJob).Refuses(Refusals).WithSummary("Ask for a repair");
        Command("triage", Triage, Act.DirectJob, "Say what the job needs");
        Command("offer", Offer, Act.DirectJob, "Offer by hand; with several the first to accept has it");
        Command("accept", Accept, Act.AnswerOffer, "Take the offer");
        Command("decline", Decline, Act.AnswerOffer, "Refuse the offer");
        Command("depart", Depart, Act.ReportStep, "Set off");
        Command("arrive", Arrive, Act.ReportStep, "Be there");
        Command("repair", Repair, Act.ReportStep, "The work is over");
        Command("sign", Sign, Act.ReportStep, "The customer has signed");
        Command("close", Close, Act.ReportStep, "Nothing is left to do");
        Command("cancel", Cancel, Act.ChangeJob, "Call the job off");
        Command("reschedule", Reschedule, Act.ChangeJob, "Other windows");
        Command("reassign", Reassign, Act.DirectJob, "Take the job from whoever has it");

        void Command(string name, Delegate handler, Act act, string summary) =>
            jobs.MapPost($"/{{id}}/{name}", handler).RequireAccess(act).Refuses(Refusals).WithSummary(summary);
    }

    private static async Task<Results<Created<JobReplyView>, Refused>> Create(Posted<CreateJobRequest> posted, JobIntake intake, CancellationToken cancellation)
    {
        (JobReplyView? job, Refused? refused) = await intake.Request(posted, cancellation);
        return refused is null ? TypedResults.Created($"/v1/jobs/{job!.Id}", job) : refused;
    }

    private static Answer Triage(string id, Posted<NeedsInput> posted, Ownership ownership) =>
        Direct(id, posted, ownership, new TriageJob(posted.Value.ToNeeds()));

    private static async Answer Offer(string id, Posted<OfferRequest> posted, Ownership ownership, OfferDesk desk)
    {
        (VersionedJob? job, Refused? refused) = await ownership.Job(posted.Caller, id, Act.DirectJob);
        if (refused is not null)
            return refused;
        (OfferJob? command, Refusal? refusal) = await desk.Prepare(posted.Caller, job!, posted.Value);
        return await ExecuteOrRefuse(id, posted, ownership, command, refusal);
    }

    private static Answer Accept(string id, Posted<AcceptRequest> posted, Ownership ownership) =>
        AsTechnician(id, posted, ownership, Act.AnswerOffer, technician => new AcceptOffer(technician, new Epoch(posted.Value.Epoch!.Value)));

    private static Answer Decline(string id, Posted<DeclineRequest> posted, Ownership ownership) =>
        AsTechnician(id, posted, ownership, Act.AnswerOffer, technician => new DeclineOffer(technician, new Epoch(posted.Value.Epoch!.Value), posted.Value.Reason!));

    private static Answer Depart(string id, Posted<StepRequest> posted, Ownership ownership, BusinessClock clock) =>
        Step(id, posted, ownership, clock, (technician, epoch, at) => new Depart(technician, epoch, at));

    private static Answer Arrive(string id, Posted<StepRequest> posted, Ownership ownership, BusinessClock clock) =>
        Step(id, posted, ownership, clock, (technician, epoch, at) => new Arrive(technician, epoch, at));

    private static Answer Close(string id, Posted<StepRequest> posted, Ownership ownership, BusinessClock clock) =>
        Step(id, posted, ownership, clock, (technician, epoch, at) => new CloseJob(technician, epoch, at));

    private static Answer Repair(string id, Posted<RepairRequest> posted, Ownership ownership, BusinessClock clock) =>
        AsTechnician(id, posted, ownership, Act.ReportStep, technician => new CompleteRepair(
            technician, new Epoch(posted.Value.Epoch!.Value), At(posted.Value.OccurredAt, clock), posted.Value.ToOutcome(),
            posted.Value.PartsUsed is { } parts ? [.. parts.Select(p => p!.ToPart())] : (ImmutableArray<PartQuantity>?)null, posted.Value.Work, posted.Value.NewSerial));

    private static Answer Sign(string id, Posted<SignRequest> posted, Ownership ownership, BusinessClock clock) =>
        AsTechnician(id, posted, ownership, Act.ReportStep, technician => new SignAcceptance(
            technician, new Epoch(posted.Value.Epoch!.Value), At(posted.Value.OccurredAt, clock), SignatureDigest(id, posted.Value.SignedBy!)));

    private static Answer Cancel(string id, Posted<CancelRequest> posted, Ownership ownership) =>
        Change(id, posted, ownership, new CancelJob(posted.Value.Reason!.Trim()));

    private static Answer Reschedule(string id, Posted<RescheduleRequest> posted, Ownership ownership) =>
        Change(id, posted, ownership, new RescheduleJob([.. posted.Value.Windows!.Select(w => w!.ToWindow())], posted.Value.Version));

    private static async Answer Reassign(string id, Posted<ReassignRequest> posted, Ownership ownership)
    {
        TechnicianId? to = posted.Value.TechnicianId is { } technician ? new TechnicianId(technician) : null;
        if (to is { } known && (await ownership.Technician(posted.Caller, known.Value, Act.ReadTechnician)).Refused is { } refused)
            return refused;
        return await Direct(id, posted, ownership, new ReassignJob(to, posted.Value.Reason!.Trim(), posted.Value.Version));
    }

    /// <summary>A command of staff, who may give it for any job.</summary>
    private static Answer Direct<T>(string id, Posted<T> posted, Ownership ownership, JobCommand command) where T : class, IRequestBody =>
        posted.Caller.May(Act.DirectJob) is { } refused ? Task.FromResult<Results<Ok<JobReplyView>, Refused>>(refused) : Execute(id, posted, ownership, command);

    /// <summary>A command of staff or of the customer of this job.</summary>
    private static Answer Change<T>(string id, Posted<T> posted, Ownership ownership, JobCommand command) where T : class, IRequestBody =>
        posted.Caller.May(Act.ChangeJob, own: posted.Caller.TrackedJob?.Value == id) is { } refused
            ? Task.FromResult<Results<Ok<JobReplyView>, Refused>>(refused)
            : Execute(id, posted, ownership, command);

    private static Answer Step(
        string id, Posted<StepRequest> posted, Ownership ownership, BusinessClock clock, Func<TechnicianId, Epoch, DateTimeOffset, JobCommand> command) =>
        AsTechnician(id, posted, ownership, Act.ReportStep, technician => command(technician, new Epoch(posted.Value.Epoch!.Value), At(posted.Value.OccurredAt, clock)));

    /// <summary>A command only a technician can give; whether this job is theirs the job says itself, with its present state.</summary>
    private static Answer AsTechnician<T>(string id, Posted<T> posted, Ownership ownership, Act act, Func<TechnicianId, JobCommand> command) where T : class, IRequestBody =>
        posted.Caller.May(act, own: posted.Caller.Technician is not null) is { } refused
            ? Task.FromResult<Results<Ok<JobReplyView>, Refused>>(refused)
            : Execute(id, posted, ownership, command(posted.Caller.Technician!.Value));

    internal static async Answer Execute<T>(string id, Posted<T> posted, Ownership ownership, JobCommand command) where T : class, IRequestBody
    {
        if (!Words.IsId(id, JobId.Prefix))
            return Refused.Of(JobRefusals.Unknown(new JobId(id)));
        JobReply reply = await ownership.JobGrain(posted.Caller.Tenant, new JobId(id)).Execute(command, posted.OperationOn("job"));
        return reply.ToResult(posted.Caller);
    }

    /// <summary>What a desk has refused is remembered like what the job itself refuses: the same key gets the same answer, however things stand by then.</summary>
    internal static async Answer ExecuteOrRefuse<T>(string id, Posted<T> posted, Ownership ownership, JobCommand? command, Refusal? refusal) where T : class, IRequestBody =>
        command is not null
            ? await Execute(id, posted, ownership, command)
            : (await ownership.JobGrain(posted.Caller.Tenant, new JobId(id)).Refuse(refusal!, posted.OperationOn("job"))).ToResult(posted.Caller);

    private static DateTimeOffset At(DateTimeOffset? given, BusinessClock clock) => (given ?? clock.GetUtcNow()).ToUniversalTime();

    /// <summary>With the job's id, so that the same name on two jobs does not look the same.</summary>
    private static string SignatureDigest(string job, string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{job}\n{name.Trim()}")));
}
