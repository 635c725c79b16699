using System.Collections.Immutable;

namespace Dispatch.Domain.Matching.Batch;

/// <summary>
/// The best assignment of a batch, with the prices that prove it. Prices follow the linear programme: <c>job price + technician price ≤ cost</c> for every allowed pair, with
/// equality for each that is assigned; a job's price is at most that of leaving it, and equal to it where it is left; a technician's is at most 0, and 0 without a job. All of
/// them added up are the objective. See <see cref="BatchCertificate"/>.
/// </summary>
/// <param name="TechnicianOf">Per job; <see cref="Nobody"/> where it is left.</param>
/// <param name="Objective">Costs of the assigned pairs and prices of the jobs that are left.</param>
/// <param name="JobPrices">Per job: what it costs to serve it, the scarcity of technicians included.</param>
/// <param name="TechnicianPrices">Per technician, 0 or less: what one more like this one would save, with the sign turned.</param>
public sealed record BatchAssignment(ImmutableArray<int> TechnicianOf, long Objective, ImmutableArray<long> JobPrices, ImmutableArray<long> TechnicianPrices)
{
    public const int Nobody = -1;
}
