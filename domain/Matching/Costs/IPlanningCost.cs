namespace Dispatch.Domain.Matching.Costs;

/// <summary>One term of the objective, in money (units of <see cref="PlanMoney"/>): one file, taught to the solver and computed from a finished plan.</summary>
public interface IPlanningCost
{
    /// <summary>Name of the term, stable.</summary>
    string Name { get; }

    /// <summary>Adds this term to the solver's objective.</summary>
    void Compile(CompiledSnapshot model);

    /// <summary>What one route costs by this term.</summary>
    long OfRoute(PlannedRoute route, PricingContext context);

    /// <summary>What a job in no route costs by this term.</summary>
    long OfUnplaced(JobSnapshot job, PricingContext context) => 0;
}
