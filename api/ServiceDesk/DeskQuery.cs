using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Domain.ServiceDesk.Escalations;
using Microsoft.AspNetCore.Http;

namespace Dispatch.Api.ServiceDesk;

/// <summary>The query string of the desk's lists. Parameters that a list does not know are ignored; one given twice is refused.</summary>
internal sealed class DeskQuery : IRefusable, IBindableFromHttpContext<DeskQuery>
{
    private const int UsualLimit = 200;

    /// <summary>As lists and the machine-readable contract name them.</summary>
    public static readonly string[] Names = ["status", "open", "jobId", "agentId", "kind", "channel", "after", "limit", "token"];

    private static readonly FrozenSet<string> StatusWords = Words<ContactStatus>().Concat(Words<EscalationStatus>()).Concat(Words<CallBackStatus>()).Concat(Words<CaseStatus>()).ToFrozenSet(StringComparer.Ordinal);

    public IReadOnlyList<string>? Statuses { get; private init; }
    public bool OpenOnly { get; private init; }
    public string? AgentId { get; private init; }
    public IReadOnlyList<string> Search { get; private init; } = [];
    public PageCursor? After { get; private init; }
    public int Limit { get; private init; }
    public string? Token { get; private init; }
    public Refused? Refused { get; private init; }

    public static ValueTask<DeskQuery?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Read(context.Request));

    private static DeskQuery Read(HttpRequest request)
    {
        IQueryCollection query = request.Query;
        Check check = new();
        string? status = One("status"), open = One("open"), job = One("jobId"), agent = One("agentId"), kind = One("kind"), channel = One("channel"), after = One("after"), limit = One("limit");
        string[]? statuses = status?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (statuses?.Any(word => !StatusWords.Contains(word)) == true)
            check.Fault("status", "unknown");
        if (open is not null)
            check.OneOf(open, "open", ["true", "false"]);
        if (job is not null && !Input.Words.IsId(job, JobId.Prefix))
            check.Fault("jobId", "bad_form");
        if (agent is not null)
            check.Code(agent, "agentId", 80);
        if (kind is not null)
            check.OneOf(kind, "kind", Words<ContactKind>());
        if (channel is not null)
            check.OneOf(channel, "channel", Words<ContactChannel>());
        PageCursor? cursor = after is null ? null : PageCursor.Find(after);
        if (after is not null && cursor is null)
            check.Fault("after", "bad_form");
        int size = UsualLimit;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= ListQuery.LargestLimit))
            check.Fault("limit", "out_of_range");
        return new()
        {
            Statuses = statuses is { Length: > 0 } ? statuses : null,
            OpenOnly = open == "true",
            AgentId = agent,
            Search = [.. new[] { job, kind is null ? null : $"kind:{kind}", channel is null ? null : $"channel:{channel}" }.OfType<string>().Select(word => word.ToLowerInvariant())],
            After = cursor,
            Limit = size,
            Token = One("token") ?? (request.Headers.TryGetValue("Dispatch-Token", out var header) ? header.ToString() : null),
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

    private static IEnumerable<string> Words<TEnum>() where TEnum : struct, Enum => Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName);
}

/// <summary>Reads the desk's lists, newest first.</summary>
internal sealed class DeskLists(ViewReader views, ReadBarrier barrier)
{
    /// <param name="more">Further words that have to be found.</param>
    public async Task<(IReadOnlyList<T>? Items, string? Next, Refused? Refused)> Read<T>(TenantId tenant, string kind, DeskQuery query, Func<StoredView, T> show, CancellationToken cancellation, params string[] more)
    {
        if (await barrier.Wait(tenant, query.Token, cancellation) is { } behind)
            return (null, null, behind);
        ViewFilter filter = new(Statuses: query.Statuses, Technician: query.AgentId, OpenOnly: query.OpenOnly, Words: [.. query.Search, .. more]);
        List<StoredView> rows = await views.List(tenant, kind, filter, query.After, query.Limit + 1, cancellation);
        return ([.. rows.Take(query.Limit).Select(show)], rows.Count > query.Limit ? PageCursor.Of(rows[query.Limit - 1]).ToString() : null, null);
    }
}
