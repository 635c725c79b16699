using Dispatch.Api.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Technicians;

namespace Dispatch.Api.Technicians;

/// <summary>Time that one job holds. Status: <c>reserved</c>, <c>confirmed</c>, <c>enRoute</c>, <c>onSite</c>.</summary>
public sealed record CommitmentView(string JobId, long Epoch, CommitmentStatus Status, VisitView Visit);

/// <summary>The order to call at a depot. Status: <c>ordered</c>, <c>underWay</c>.</summary>
public sealed record DepotCallView(int Number, string Depot, PlaceView Place, DateTimeOffset DepartAt, DepotCallStatus Status, DateTimeOffset? Since);

/// <summary>A brand they may work on, and until when.</summary>
public sealed record AuthorisationView(string Brand, DateTimeOffset Until);

/// <summary>A technician as staff and they themselves see it.</summary>
/// <param name="Place">Where the last stop ended, home before the first; not the live position.</param>
/// <param name="PlaceAt">When it ended.</param>
/// <param name="ExternalId">Their id in another system.</param>
public sealed record TechnicianView(
    string Id,
    string Name,
    string Zone,
    PlaceView Home,
    WindowView Shift,
    IReadOnlyList<SkillView> Skills,
    IReadOnlyList<string> Tools,
    IReadOnlyList<PartView> Stock,
    bool OnDuty,
    bool DepotVisited,
    PlaceView Place,
    DateTimeOffset PlaceAt,
    IReadOnlyList<CommitmentView> Commitments,
    DepotCallView? DepotCall,
    long Version,
    int? MaxJobs,
    Employment Employment,
    IReadOnlyList<AuthorisationView>? Authorisations,
    string? ExternalId)
{
    public static TechnicianView Of(TechnicianState t, long version) => new(
        t.Id.Value,
        t.Profile.Name,
        t.Profile.Zone.Value,
        PlaceView.Of(t.Profile.Home),
        WindowView.Of(t.Profile.Shift),
        [.. t.Profile.Skills.Select(SkillView.Of)],
        t.Profile.Tools,
        [.. t.Stock.Select(PartView.Of)],
        t.OnDuty,
        t.DepotVisited,
        PlaceView.Of(t.Place),
        t.FreeSince,
        [.. t.Commitments.Select(c => new CommitmentView(c.Job.Value, c.Epoch.Value, c.Status, VisitView.Of(c.Visit)))],
        t.DepotCall is { } call ? new DepotCallView(call.Number, call.Depot.Value, PlaceView.Of(call.Place), call.DepartAt, call.Status, call.Since) : null,
        version,
        t.Profile.MaxJobs,
        t.Profile.Employment,
        t.Profile.Authorisations?.Select(a => new AuthorisationView(a.Brand, a.Until)).ToArray(),
        t.Profile.ExternalId);
}
