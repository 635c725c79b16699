using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Problems;
using Dispatch.Domain.Jobs;
using Microsoft.AspNetCore.Http;

namespace Dispatch.Api.Reading;

/// <summary>The query string of lists and streams. Parameters that a list does not know are ignored; one given twice is refused.</summary>
internal sealed class ListQuery : IRefusable, IBindableFromHttpContext<ListQuery>
{
    public string? Zone { get; private init; }
    public IReadOnlyList<string>? Statuses { get; private init; }
    public string? TechnicianId { get; private init; }
    public string? PointId { get; private init; }
    public ServiceMode? Mode { get; private init; }
    public string? Code { get; private init; }
    public string? ExternalId { get; private init; }
    public IReadOnlyList<string>? Words { get; private init; }
    public PageCursor? After { get; private init; }
    public int? Limit { get; private init; }
    public string? Token { get; private init; }
    public Refused? Refused { get; private init; }

    /// <summary>The limit asked for, or the usual one; <see cref="Refused"/> says if it is beyond all reason.</summary>
    public int LimitOr(int usual) => Limit ?? usual;

    private static readonly FrozenSet<string> StatusWords =
        Enum.GetNames<JobStatus>().Select(JsonNamingPolicy.CamelCase.ConvertName).ToFrozenSet(StringComparer.Ordinal);

    public const int LargestLimit = 1_000;

    public static ValueTask<ListQuery?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Read(context.Request));

    private static ListQuery Read(HttpRequest request)
    {
        IQueryCollection query = request.Query;
        Check check = new();
        string? zone = One("zone"), technician = One("technicianId"), q = One("q"), after = One("after"), limit = One("limit"),
            status = One("status"), point = One("pointId"), mode = One("mode"), code = One("code"), external = One("externalId");
        if (zone is not null)
            check.Code(zone, "zone", 80);
        if (technician is not null)
            check.Code(technician, "technicianId", 80);
        if (point is not null)
            check.Code(point, "pointId", 80);
        if (mode is not null)
            check.OneOf(mode, "mode", JobModes.Words);
        check.LineIfGiven(code, "code", 80, 0);
        check.LineIfGiven(external, "externalId", 100);
        check.LineIfGiven(q, "q", 100, 0);
        PageCursor? cursor = after is null ? null : PageCursor.Find(after);
        if (after is not null && cursor is null)
            check.Fault("after", "bad_form");
        int? size = null;
        if (limit is not null)
        {
            if (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given is >= 1 and <= LargestLimit)
                size = given;
            else
                check.Fault("limit", "out_of_range");
        }
        string[]? statuses = status?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in statuses ?? [])
            if (!StatusWords.Contains(word))
                check.Fault("status", "unknown");
        string? token = One("token") ?? (request.Headers.TryGetValue("Dispatch-Token", out var header) ? header.ToString() : null);
        return new()
        {
            Zone = zone,
            Statuses = statuses is { Length: > 0 } ? statuses : null,
            TechnicianId = technician,
            PointId = point,
            Mode = mode is null ? null : JobModes.Find(mode),
            Code = code,
            ExternalId = external?.Trim(),
            Words = q is null ? null : [.. q.ToLowerInvariant().Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(8)],
            After = cursor,
            Limit = size,
            Token = token,
            Refused = check.IsClean ? null : EdgeRefusals.Invalid(check.Faults),
        };

        string? One(string name)
        {
            if (!query.TryGetValue(name, out var values))
                return null;
            if (values.Count != 1)
                check.Fault(name, "duplicate");
            return string.IsNullOrEmpty(values[0]) ? null : values[0];
        }
    }
}
