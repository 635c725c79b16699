using System.Globalization;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Phones;

/// <summary>A phone's commands as HTTP calls. Keys are made of what the command is, so a repetition is the same command even after a restart of the phone.</summary>
public sealed class PhoneWire(ApiClient api, string technician, DayClock clock, IPhoneManner manner)
{
    public Task<ApiResult<Nothing>> Accept(PhoneAction.Accept a, CancellationToken cancellation) =>
        Command($"v1/jobs/{a.Job}/accept", new EpochRequest(a.Epoch), $"{a.Job}-{a.Epoch}-accept", cancellation);

    public Task<ApiResult<Nothing>> Decline(PhoneAction.Decline a, CancellationToken cancellation) =>
        Command($"v1/jobs/{a.Job}/decline", new DeclineRequest(a.Epoch, a.Reason), $"{a.Job}-{a.Epoch}-decline", cancellation);

    public Task<ApiResult<Nothing>> Send(Report report, CancellationToken cancellation)
    {
        string at = clock.OnWire(report.At);
        if (report.Stop.Job is not { } job)
        {
            string step = report.Kind == ReportKind.Depart ? "depart" : "complete";
            return Command($"v1/technicians/{technician}/depot-call/{report.Stop.DepotCall}/{step}", new DepotStepRequest(at), $"depot-{report.Stop.DepotCall}-{step}", cancellation);
        }
        string path = report.Kind.ToString().ToLowerInvariant();
        StepRequest body = report.Kind switch
        {
            ReportKind.Repair => new StepRequest(report.Epoch, at, Outcome: manner.OutcomeOf(job)),
            ReportKind.Sign => new StepRequest(report.Epoch, at, SignedBy: "Customer"),
            _ => new StepRequest(report.Epoch, at),
        };
        return Command($"v1/jobs/{job}/{path}", body, $"{job}-{report.Epoch}-{path}", cancellation);
    }

    public Task<ApiResult<TechnicianView>> Reread(CancellationToken cancellation) => api.Get<TechnicianView>("v1/technicians/" + technician, cancellation);

    public Task<ApiResult<Nothing>> Position(Place place, DayTime at, CancellationToken cancellation) =>
        Command($"v1/technicians/{technician}/positions", new PositionsRequest([new PositionReport(place.Lon, place.Lat, clock.ToServer(at), null)]),
            "position-" + at.Units.ToString("R", CultureInfo.InvariantCulture), cancellation);

    private Task<ApiResult<Nothing>> Command(string path, object body, string key, CancellationToken cancellation) =>
        api.Command<Nothing>(path, body, $"{technician}-{key}", cancellation);
}
