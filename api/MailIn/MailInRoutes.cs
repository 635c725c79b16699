using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.ServicePoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.MailIn;

using Answer = Task<Results<Ok<JobReplyView>, Refused>>;

/// <summary>Steps of a job at a service point. Each handler turns the body into a command; the job alone decides.</summary>
internal static class MailInRoutes
{
    private static readonly int[] Refusals = [400, 401, 403, 404, 409, 413, 415, 422, 503];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder jobs = routes.MapGroup("/jobs/{id}").WithTags("Mail-in");
        Command("book", Book, Act.DirectJob, "Book a service point by hand");
        Command("receive", Receive, Act.ReportBenchStep, "The device is here, from a parcel or over the counter");
        Command("inspect", Inspect, Act.ReportBenchStep, "It was opened and looked at");
        Command("start", Start, Act.ReportBenchStep, "It is on the bench");
        Command("finish", Finish, Act.ReportBenchStep, "The work is over");
        Command("check", CheckWork, Act.ReportBenchStep, "Somebody else has looked at the work");
        Command("pack", Pack, Act.ReportBenchStep, "It is packed, and gets its return waybill");
        Command("ship", Ship, Act.ReportBenchStep, "The carrier has taken it");
        Command("hand-over", HandOver, Act.ReportBenchStep, "The customer has it in their hands");

        void Command(string name, Delegate handler, Act act, string summary) => jobs.MapPost($"/{name}", handler).RequireAccess(act).Refuses(Refusals).WithSummary(summary);
    }

    private static async Answer Book(string id, Posted<BookRequest> posted, Ownership ownership, BookingDesk desk)
    {
        (VersionedJob? job, Refused? refused) = await ownership.Job(posted.Caller, id, Act.DirectJob);
        if (refused is not null)
            return refused;
        (VersionedPoint? point, refused) = await ownership.Point(posted.Caller, posted.Value.PointId!, Act.ReadPoint);
        if (refused is not null)
            return refused;
        (BookBench? command, Refusal? refusal) = desk.Prepare(job!.State, point!.State, posted.Value.BenchDay);
        return await JobCommandRoutes.ExecuteOrRefuse(id, posted, ownership, command, refusal);
    }

    private static Answer Receive(string id, Posted<PointStepRequest> posted, Ownership ownership, BusinessClock clock) =>
        Step(id, posted, ownership, posted.Value.OccurredAt, clock, (point, at) => new ReceiveDevice(point, at));

    private static Answer Inspect(string id, Posted<InspectRequest> posted, Ownership ownership, BusinessClock clock) =>
        Step(id, posted, ownership, posted.Value.OccurredAt, clock, (point, at) => new InspectDevice(point, at, posted.Value.Findings!.Trim()));

    private static Answer Start(string id, Posted<PointStepRequest> posted, Ownership ownership, BusinessClock clock) =>
        Step(id, posted, ownership, posted.Value.OccurredAt, clock, (point, at) => new StartBench(point, at));

    private static Answer Finish(string id, Posted<FinishRequest> posted, Ownership ownership, BusinessClock clock) =>
        Step(id, posted, ownership, posted.Value.OccurredAt, clock, (point, at) => new FinishBench(point, at, posted.Value.ToOutcome(), posted.Value.ToParts(), posted.Value.Work, posted.Value.NewSerial));

    private static Answer CheckWork(string id, Posted<CheckRequest> posted, Ownership ownership, BusinessClock clock) =>
        Step(id, posted, ownership, posted.Value.OccurredAt, clock, (point, at) => new CheckRepair(point, at, posted.Value.Passed!.Value, posted.Value.Note));

    private static Answer Pack(string id, Posted<PointStepRequest> posted, Ownership ownership, BusinessClock clock) =>
        Step(id, posted, ownership, posted.Value.OccurredAt, clock, (point, at) => new PackDevice(point, at));

    private static Answer Ship(string id, Posted<PointStepRequest> posted, Ownership ownership, BusinessClock clock) =>
        Step(id, posted, ownership, posted.Value.OccurredAt, clock, (point, at) => new ShipDevice(point, at));

    private static Answer HandOver(string id, Posted<PointStepRequest> posted, Ownership ownership, BusinessClock clock) =>
        Step(id, posted, ownership, posted.Value.OccurredAt, clock, (point, at) => new HandOverDevice(point, at));

    /// <summary>Staff of a point report for their own; whether it is there the job says itself, with its present state.</summary>
    private static Answer Step<T>(
        string id, Posted<T> posted, Ownership ownership, DateTimeOffset? occurredAt, BusinessClock clock, Func<ServicePointId?, DateTimeOffset, JobCommand> command) where T : class, IRequestBody
    {
        Caller caller = posted.Caller;
        if (caller.May(Act.ReportBenchStep, own: caller.Point is not null) is { } refused)
            return Task.FromResult<Results<Ok<JobReplyView>, Refused>>(refused);
        return JobCommandRoutes.Execute(id, posted, ownership, command(caller.Point, (occurredAt ?? clock.GetUtcNow()).ToUniversalTime()));
    }
}
