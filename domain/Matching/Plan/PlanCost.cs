using System.Collections.Immutable;

namespace Dispatch.Domain.Matching;

/// <summary>
/// A cost in named terms, in money: the prices of <see cref="PlanningRules.Prices"/>, in the units of <see cref="PlanMoney"/>.
/// </summary>
/// <param name="Terms">In the order of <see cref="PlanningRules.Costs"/>, zero terms included, names unique.</param>
[GenerateSerializer, Immutable, Alias("dispatch.planCost")]
public sealed record PlanCost([property: Id(0)] ImmutableArray<CostTerm> Terms)
{
    /// <summary>The sum of the terms.</summary>
    public long Total => Terms.Sum(term => term.Amount);

    /// <summary>The amount of one term, 0 where the plan was not priced by it.</summary>
    public long Of(string name) => Terms.Where(term => term.Name == name).Sum(term => term.Amount);

    /// <summary>Term by term. Both must be priced by the same rules.</summary>
    public static PlanCost operator -(PlanCost left, PlanCost right) =>
        new([.. left.Terms.Select(term => term with { Amount = term.Amount - right.Of(term.Name) })]);
}

/// <param name="Name">For example <c>travel</c>; stable, words for it live at the edge.</param>
/// <param name="Amount">In units of <see cref="PlanMoney"/>; may be negative in a difference.</param>
[GenerateSerializer, Immutable, Alias("dispatch.costTerm")]
public readonly record struct CostTerm([property: Id(0)] string Name, [property: Id(1)] long Amount);
