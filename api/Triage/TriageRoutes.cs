using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Access;
using Dispatch.Api.Entitlement;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Rules;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Triage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Triage;

/// <param name="Category">A code of the catalogue.</param>
/// <param name="Answers">From the first question on; none begins.</param>
public sealed record TriageRequest([property: Required] string? Category, IReadOnlyList<string?>? Answers) : IRequestBody
{
    internal const int MostAnswers = 50;

    public void Validate(Check check)
    {
        check.Code(Category, "category");
        check.Each(Answers, "answers", 0, MostAnswers, (answer, field) => check.Code(answer, field));
    }
}

internal static class TriageRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/triage", Walk).WithTags("Self-diagnosis").RequireAccess(Act.AskWhatIsOwed).Refuses(400, 401, 404, 413, 415, 422)
            .WithSummary("The next question about a complaint, or where it ends");

    private static Results<Ok<TriageStep>, Refused> Walk(Posted<TriageRequest> posted, EntitlementDesk desk, RuleShelves rules)
    {
        (TriageStep? step, Refusal? refusal) = TriageWalk.Walk(rules.Triage, posted.Value.Category!, [.. (posted.Value.Answers ?? []).Select(a => a!)], desk.Today);
        return refusal is null ? TypedResults.Ok(step) : Refused.Of(refusal);
    }
}
