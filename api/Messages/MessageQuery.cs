using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Domain.Messages;
using Microsoft.AspNetCore.Http;

namespace Dispatch.Api.Messages;

/// <summary>The query string of the list of messages. Parameters that it does not know are ignored; one given twice is refused.</summary>
internal sealed class MessageQuery : IRefusable, IBindableFromHttpContext<MessageQuery>
{
    private const int UsualLimit = 100;

    private static readonly FrozenSet<string> StatusWords =
        Enum.GetNames<MessageStatus>().Select(JsonNamingPolicy.CamelCase.ConvertName).ToFrozenSet(StringComparer.Ordinal);

    public JobId? Job { get; private init; }
    public IReadOnlyList<string>? Statuses { get; private init; }
    public PageCursor? After { get; private init; }
    public int Limit { get; private init; }
    public Refused? Refused { get; private init; }

    public static ValueTask<MessageQuery?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Read(context.Request.Query));

    private static MessageQuery Read(IQueryCollection query)
    {
        Check check = new();
        string? job = One("jobId"), status = One("status"), after = One("after"), limit = One("limit");
        if (job is not null && !Words.IsId(job, JobId.Prefix))
            check.Fault("jobId", "bad_form");
        PageCursor? cursor = after is null ? null : PageCursor.Find(after);
        if (after is not null && cursor is null)
            check.Fault("after", "bad_form");
        int size = UsualLimit;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= ListQuery.LargestLimit))
            check.Fault("limit", "out_of_range");
        string[]? statuses = status?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (statuses?.Any(word => !StatusWords.Contains(word)) == true)
            check.Fault("status", "unknown");
        return new()
        {
            Job = job is null ? null : new JobId(job),
            Statuses = statuses is { Length: > 0 } ? statuses : null,
            After = cursor,
            Limit = size,
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
