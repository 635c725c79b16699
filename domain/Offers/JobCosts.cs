using System.Collections.Immutable;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;

namespace Dispatch.Domain.Offers;

/// <summary>A part that was used, and what the house pays for one; null where no book knows.</summary>
public readonly record struct PartCost(string Code, int Quantity, long? UnitCost)
{
    public long Cost => Quantity * (UnitCost ?? 0);
}

/// <summary>What a job cost by what really happened, and what its customer pays for it.</summary>
/// <param name="Parcels">Ways that a carrier went.</param>
/// <param name="Quoted">The newest quote in all; null if there was none.</param>
/// <param name="Charged">What was agreed, or what a refusal costs; null where nothing is settled.</param>
/// <param name="Margin">Charged less cost; null without the first, or where the two are in different money.</param>
public sealed record JobCosts(CostSheet Sheet, JobEffort Effort, int Parcels, ImmutableArray<PartCost> Parts, string? QuoteCurrency, long? Quoted, long? Charged)
{
    public long? Margin => Charged is { } charged && QuoteCurrency == Sheet.Currency ? charged - Sheet.Total : null;

    /// <summary>The sheet of a job as it stands: ways and work that have ended, parts that were used, parcels that have left.</summary>
    /// <param name="prices">Knows what parts cost.</param>
    /// <param name="travelMetres">Driven to the customer.</param>
    /// <param name="freightMetres">One way between customer and point.</param>
    public static JobCosts Of(CostBook costs, PriceBook? prices, JobState job, long travelMetres, long freightMetres)
    {
        JobAccount account = job.Account ?? JobAccount.None;
        ImmutableArray<PartCost> parts = [.. job.PartsUsed.Where(p => p.Quantity > 0).Select(p => new PartCost(p.Code, p.Quantity, prices?.Part(p.Code)?.Cost))];
        int parcels = job.MailIn?.Parcels.Count(p => Left(job, p)) ?? 0;
        JobEffort effort = new(Minutes(account.Work), Minutes(account.Travel), account.Travel > TimeSpan.Zero ? travelMetres : 0, parts.Sum(p => p.Cost), costs.Carried(parcels, freightMetres));
        return new JobCosts(CostSheet.Of(costs, effort), effort, parcels, parts, account.Quote?.Terms.Currency, account.Quote?.Terms.Total, account.Quote?.Charged);
    }

    /// <summary>By the carrier's word or by the scan at the other end.</summary>
    private static bool Left(JobState job, Parcel parcel) => parcel.HasMoved || (parcel.Direction == ParcelDirection.Inbound
        ? job.Status is >= JobStatus.Received and < JobStatus.Cancelled
        : job.Status is JobStatus.Shipped or JobStatus.Delivered or JobStatus.Closed);

    private static int Minutes(TimeSpan time) => (int)Math.Ceiling(time.TotalMinutes);
}
