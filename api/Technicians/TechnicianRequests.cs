using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Api.Technicians;

public sealed record NewSignIn([property: Required] string? User, [property: Required] string? Password)
{
    internal void Validate(Check check)
    {
        check.Line(User, "user", Account.LongestUser);
        check.Text(Password, "password", Account.LongestPassword, Account.ShortestPassword);
    }
}

/// <param name="SignIn">Gives the technician an account of their own.</param>
/// <param name="ExternalId">The id in another system, once per tenant; finds the technician again.</param>
/// <param name="MaxJobs">Jobs of the shift at most.</param>
/// <param name="Employment"><c>fullTime</c> (where left out) or <c>spareTime</c>.</param>
/// <param name="Authorisations">Brands they may work on and until when; where left out, brands set no bounds to them.</param>
public sealed record RegisterTechnicianRequest(
    [property: Required] string? Name,
    [property: Required] string? Zone,
    [property: Required] PlaceInput? Home,
    [property: Required] WindowInput? Shift,
    IReadOnlyList<SkillInput?>? Skills,
    IReadOnlyList<string?>? Tools,
    IReadOnlyList<PartInput?>? Stock,
    NewSignIn? SignIn,
    string? ExternalId,
    int? MaxJobs = null,
    string? Employment = null,
    IReadOnlyList<AuthorisationInput?>? Authorisations = null) : IRequestBody
{
    private const int LongestName = 100, MostSkills = 64, MostTools = 256, MostParts = 512, MostBrands = 64, MostJobs = 1_000;
    private const string FullTime = "fullTime", SpareTime = "spareTime";

    public void Validate(Check check)
    {
        check.Line(Name, "name", LongestName);
        check.Code(Zone, "zone", 80);
        check.Place(Home, "home");
        check.Window(Shift, "shift");
        check.Each(Skills, "skills", 0, MostSkills, (skill, field) => skill.Validate(check, field));
        check.Each(Tools, "tools", 0, MostTools, (tool, field) => check.Code(tool, field));
        check.Each(Stock, "stock", 0, MostParts, (part, field) => part.Validate(check, field));
        if (SignIn is not null)
            check.Within("signIn", SignIn.Validate);
        check.LineIfGiven(ExternalId, "externalId", LongestName);
        check.RangeIfGiven(MaxJobs, "maxJobs", 0, MostJobs);
        if (Employment is not null)
            check.OneOf(Employment, "employment", [FullTime, SpareTime]);
        check.Each(Authorisations, "authorisations", 0, MostBrands, (authorisation, field) => authorisation.Validate(check, field));
    }

    /// <summary>Lists in order and without repetition, like those of needs. Only after a clean check.</summary>
    internal TechnicianProfile ToProfile()
    {
        ServiceNeeds lists = ServiceNeeds.Of(
            (Skills ?? []).Select(s => s!.ToSkill()), (Tools ?? []).Select(t => t!), (Stock ?? []).Select(p => p!.ToPart()), TimeSpan.Zero);
        return new(Name!.Trim(), new ZoneId(Zone!), Home!.ToPlace(), Shift!.ToWindow(), lists.Skills, lists.Tools, lists.Parts, MaxJobs,
            Employment == SpareTime ? Domain.Matching.Employment.SpareTime : Domain.Matching.Employment.FullTime, AuthorisedFor(),
            ExternalId?.Trim());
    }

    /// <summary>By brand, each once; the later end counts.</summary>
    private ImmutableArray<BrandAuthorisation>? AuthorisedFor() => Authorisations is null ? null :
    [
        .. Authorisations.GroupBy(a => a!.Brand!.Trim(), StringComparer.OrdinalIgnoreCase).Select(g => new BrandAuthorisation(g.Key, g.Max(a => a!.Until!.Value).ToUniversalTime()))
            .OrderBy(a => a.Brand, StringComparer.OrdinalIgnoreCase),
    ];
}

/// <summary>A brand lets the technician work on its devices up to this moment.</summary>
public sealed record AuthorisationInput([property: Required] string? Brand, [property: Required] DateTimeOffset? Until)
{
    private const int LongestBrand = 64;

    internal void Validate(Check check, string field) => check.Within(field, c =>
    {
        c.Line(Brand, "brand", LongestBrand);
        c.Time(Until, "until");
    });
}

public sealed record DutyRequest([property: Required] bool? OnDuty) : IRequestBody
{
    public void Validate(Check check) => check.Present(OnDuty, "onDuty");
}

/// <param name="OccurredAt">By the technician's device; now if left out.</param>
public sealed record DepotStepRequest(DateTimeOffset? OccurredAt) : IOptionalRequest
{
    public void Validate(Check check) => check.TimeIfGiven(OccurredAt, "occurredAt");
}

/// <param name="At">By the technician's device.</param>
/// <param name="Speed">Metres per second.</param>
/// <param name="Heading">Degrees clockwise from north.</param>
public sealed record PositionInput(
    [property: Required] double? Lon, [property: Required] double? Lat, [property: Required] DateTimeOffset? At, double? AccuracyMetres, double? Speed, double? Heading)
{
    /// <summary>Beyond this it is a slip of the program; what is too inexact to be shown is for <c>PositionRules</c> to say.</summary>
    private const double LeastAccuracy = 1_000_000, Fastest = 1_000;

    internal void Validate(Check check, string field)
    {
        check.Place(new PlaceInput(Lon, Lat), field);
        check.Within(field, c =>
        {
            c.Time(At, "at");
            c.RangeIfGiven(AccuracyMetres, "accuracyMetres", 0, LeastAccuracy);
            c.RangeIfGiven(Speed, "speed", 0, Fastest);
            c.RangeIfGiven(Heading, "heading", 0, 360);
        });
    }

    internal Position ToPosition(TechnicianId technician) =>
        new(technician, new Domain.Geo.Place(Lon!.Value, Lat!.Value), At!.Value.ToUniversalTime(), Heading, AccuracyMetres);
}

/// <summary>A batch of reports. One that is wrong is named in the answer and costs the others nothing; only where all are is the request refused.</summary>
public sealed record PositionsRequest([property: Required] IReadOnlyList<PositionInput?>? Positions) : IRequestBody
{
    private const int Most = 100;

    public void Validate(Check check)
    {
        if (Positions is null || Positions.Count is 0 or > Most || Judged().All(c => !c.IsClean))
            check.Each(Positions, "positions", 1, Most, (position, field) => position.Validate(check, field));
    }

    /// <summary>What is wrong with each position, in order.</summary>
    internal IEnumerable<Check> Judged() => Positions!.Select((position, index) =>
    {
        Check check = new();
        if (check.Present(position, $"positions[{index}]"))
            position.Validate(check, $"positions[{index}]");
        return check;
    });
}
