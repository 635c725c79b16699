using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Domain.Refusals;
using Microsoft.AspNetCore.Http;

namespace Dispatch.Api.Problems;

/// <summary>A no on its way out: the refusal as an <c>application/problem+json</c> answer.</summary>
public sealed class Refused : IResult, IStatusCodeHttpResult
{
    /// <summary>An idempotency key as the grains know it, with its scope; the caller knows their own.</summary>
    private const string ScopedKey = "key";

    private Refused(Problem problem) => Problem = problem;

    public Problem Problem { get; }

    /// <summary>What <c>Retry-After</c> says, if anything; rounded up to whole seconds.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public int? StatusCode => Problem.Status;

    /// <summary>A refusal of the domain; its kind says the status.</summary>
    public static Refused Of(Refusal refusal, JsonNode? current = null) =>
        Make(StatusOf(refusal.Kind), refusal.Code, [.. refusal.Facts.Where(f => f.Name != ScopedKey)], current, null);

    /// <summary>A refusal that only this edge knows, by status.</summary>
    public static Refused With(int status, string code, params ReadOnlySpan<(string Name, object? Value)> facts) =>
        Make(status, code, Refusal.Of(code, RefusalKind.Invalid, facts).Facts, null, null);

    public Refused After(TimeSpan wait) => new(Problem) { RetryAfter = wait };

    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.Unknown => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Outdated => StatusCodes.Status412PreconditionFailed,
        RefusalKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No status for this kind of refusal"),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        Metrics.ApiMeters.Refused(Problem.Code);
        response.StatusCode = Problem.Status;
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (Problem.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        return response.WriteAsJsonAsync(Problem, ApiJson.Options, "application/problem+json", httpContext.RequestAborted);
    }

    /// <summary>Statuses as the contract spells them.</summary>
    private static Fact Spell(Fact fact) => fact.Name is "status" or "wanted" or "quoteStatus" ? fact with { Value = JsonNamingPolicy.CamelCase.ConvertName(fact.Value) } : fact;

    private static Refused Make(int status, string code, IReadOnlyList<Fact> facts, JsonNode? current, TimeSpan? wait)
    {
        Fact[] shown = [.. facts.Where(f => f.Value.Length > 0).DistinctBy(f => f.Name).Select(Spell)];
        return new(new Problem(
            $"urn:dispatch:refusal:{code}", ProblemTexts.Title(code), status, ProblemTexts.Detail(code, shown), code, shown.ToDictionary(f => f.Name, f => f.Value), current))
        {
            RetryAfter = wait,
        };
    }
}
