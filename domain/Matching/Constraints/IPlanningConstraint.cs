namespace Dispatch.Domain.Matching.Constraints;

/// <summary>
/// One rule that no plan may break: one file, one truth table, one refusal code, one remedy.
/// It says the same thing twice, for two readers: <see cref="Compile"/> teaches it to the solver in the solver's own terms,
/// <see cref="Check"/> judges a finished candidate in the words of the domain and explains. Tests hold the two together.
/// </summary>
public interface IPlanningConstraint
{
    /// <summary>Refusal code, <c>plan.…</c>.</summary>
    string Code { get; }

    /// <summary>Code of what would help.</summary>
    string Remedy { get; }

    /// <summary>Adds this rule to the model that the solver works on.</summary>
    void Compile(CompiledSnapshot model);

    /// <summary>
    /// What the candidate breaks, or null. Looks at the whole route, not only at the job in question: a new stop may break a later one.
    /// Rules that need only technician and job do not look at times, so that they can be asked of a route without a schedule.
    /// </summary>
    Violation? Check(RouteCandidate candidate);
}
