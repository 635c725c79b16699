namespace Dispatch.Domain.Matching.Costs;

/// <summary>
/// What everything costs that a plan can spend, in whole minor units of the house's currency (fen, cents). The one place where minutes become money; every default can be configured.
/// </summary>
/// <remarks>
/// A technician at 5,000 to 8,000 a month who works 174 hours costs 48 to 77 minor units a minute, so a minute of anybody's time is 50. Travel, waiting and work are priced alike at
/// first: the time is gone either way. A house that pays for vehicles adds them to <see cref="TravelPerMinute"/>.
/// </remarks>
public sealed record PriceList
{
    /// <summary>
    /// What all of it is in, ISO 4217. Default: the currency of the customers' prices; another one ends the start, because plans would
    /// weigh amounts of two currencies.
    /// </summary>
    public string? Currency { get; init; }

    /// <summary>A minute on the way, the technician's time and the vehicle. Default 50.</summary>
    public int TravelPerMinute { get; init; } = 50;

    /// <summary>A minute of waiting between leaving home and the end of the route. Default 50.</summary>
    public int WaitingPerMinute { get; init; } = 50;

    /// <summary>
    /// A minute already stood idle when a route goes on. Default 0: shifts are paid. As <see cref="WaitingPerMinute"/> where only the time from leaving home to coming back counts.
    /// </summary>
    public int IdlePerMinute { get; init; }

    /// <summary>A minute of work at the customer's or at the depot. Default 50.</summary>
    public int WorkPerMinute { get; init; } = 50;

    /// <summary>A minute after the shift's end, beside what any minute costs. Default 25, which makes time and a half.</summary>
    public int OvertimePerMinute { get; init; } = 25;

    /// <summary>One call at a depot beside the time it takes. Default 0.</summary>
    public int DepotCall { get; init; }

    /// <summary>Another technician comes than the customer was told. Default 500: ten minutes of work.</summary>
    public int MovedPromise { get; init; } = 500;

    /// <summary>Another technician than in the previous plan, nobody having been told. Default 0.</summary>
    public int MovedPlan { get; init; }

    /// <summary>Somebody else comes than the customer would like best. Default 250: five minutes of work.</summary>
    public int OtherThanPreferred { get; init; } = 250;

    /// <summary>Somebody else comes than the last time. Default 250: what it takes to learn what the other knew.</summary>
    public int OtherThanBefore { get; init; } = 250;

    /// <summary>
    /// For each job of somebody who has earned more than the mean of those employed alike, so many hundredths of what lies above it. Default 1: at 100.00 above the mean a job is dearer
    /// by 1.00, two minutes of work.
    /// </summary>
    public int UnfairnessPercent { get; init; } = 1;

    /// <summary>
    /// An ordinary job left out; doubled by each step of priority and each step of deadline class. Default 1,000,000: the customer, the brand's trust and the next job, and above
    /// anything that one day's routes can save, so that no job is left out to save travel.
    /// </summary>
    public int Unserved { get; init; } = 1_000_000;
}
