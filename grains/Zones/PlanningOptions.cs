using System.ComponentModel.DataAnnotations;
using Dispatch.Domain.Matching.Costs;
using Dispatch.Domain.Matching.Points;

namespace Dispatch.Grains.Zones;

/// <summary>How a zone plans and when it asks technicians. Times are business time, which a replay runs faster, unless they say otherwise.</summary>
public sealed class PlanningOptions
{
    /// <summary>Pause between planning rounds, in process time. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long before departure a technician is asked; until then the plan stays free. Default 15 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "24:00:00")]
    public TimeSpan OfferLead { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an offer waits for an answer. Default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "24:00:00")]
    public TimeSpan OfferTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Nothing is planned to begin sooner than this, so that the offer reaches the technician first. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Margin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Assign without asking. Default off: technicians accept or decline.</summary>
    public bool Direct { get; set; }

    /// <summary>Rounds of improvement per look. Default 2,000.</summary>
    [Range(0, 10_000_000)]
    public long Iterations { get; set; } = 2_000;

    /// <summary>How many looks go on improving after the last change. Default 30.</summary>
    [Range(0, 1_000_000)]
    public int ImproveFor { get; set; } = 30;

    /// <summary>A technician who refused a proposal for a job is not proposed for it again so soon. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "24:00:00")]
    public TimeSpan RefusalPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Reasons of unplaced jobs are told at most this often per job. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "24:00:00")]
    public TimeSpan UnplacedPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>An urgent job should be begun so soon after its request or window; 0 turns it off. Default 45 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "24:00:00")]
    public TimeSpan UrgentTarget { get; set; } = TimeSpan.FromMinutes(45);

    /// <summary>The same for a regular one. Default 90 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "24:00:00")]
    public TimeSpan RegularTarget { get; set; } = TimeSpan.FromMinutes(90);

    /// <summary>
    /// Whether time a technician has already stood idle counts against giving them more: where the time from leaving home to coming back is what costs, as in routing benchmarks, and
    /// not a paid shift. Default off.
    /// </summary>
    public bool CountIdle { get; set; }

    /// <summary>What everything costs that a plan can spend, in minor units of money.</summary>
    public PriceList Prices { get; set; } = new();

    /// <summary>The price list with <see cref="CountIdle"/> worked in: idle time then costs what waiting does, unless it has a price of its own.</summary>
    public PriceList EffectivePrices => CountIdle && Prices.IdlePerMinute == 0 ? Prices with { IdlePerMinute = Prices.WaitingPerMinute } : Prices;

    /// <summary>For how many offers a zone remembers why they went where they went. Default 2,000.</summary>
    [Range(1, 1_000_000)]
    public int RememberedOffers { get; set; } = 2_000;

    /// <summary>Where no bench has a place for a job, the zone looks again so often even if nothing has changed. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan BenchRetry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Costs, times and promises of the mail-in flow.</summary>
    public MailInRules MailIn { get; set; } = new();

    /// <summary>Start of all chance in planning; the plan's own number is mixed in.</summary>
    public ulong Seed { get; set; } = 1;
}
