namespace Dispatch.Domain.Eta;

/// <summary>
/// How long a repair takes, by category and by who does it, learned from repairs that were done. Times of work spread in proportion, so they are normal on the
/// logarithmic scale: logarithm = category + technician + rest. A technician's pace is drawn towards everybody's the more, the fewer repairs are known of them.
/// </summary>
/// <remarks>
/// Empirical Bayes for a random effect: shrinkage n / (n + rest²/pace²), both variances from the observations themselves. Categories are fixed effects, not
/// drawn together: a changed battery says nothing about a board. One who was never seen counts as anybody, with a wider interval.
/// </remarks>
public sealed class WorkDurations
{
    /// <summary>Fewer repairs of a category than this say nothing that could be promised.</summary>
    public const int LeastOfCategory = 5;

    /// <summary>The normal distribution's 90 % quantile.</summary>
    private const double Tenth = 1.2815515655446004;

    private readonly SortedDictionary<string, CategoryWork> categories;
    private readonly SortedDictionary<TechnicianId, double> paces;
    private readonly SortedDictionary<TechnicianId, double> doubts;
    private readonly double between;

    internal WorkDurations(
        SortedDictionary<string, CategoryWork> categories, SortedDictionary<TechnicianId, double> paces, SortedDictionary<TechnicianId, double> doubts, double between)
    {
        (this.categories, this.paces, this.doubts, this.between) = (categories, paces, doubts, between);
    }

    /// <summary>How long this technician takes for a repair of this category, or nothing where too few of the category are known.</summary>
    public TimeEstimate? Estimate(string category, TechnicianId technician)
    {
        if (!categories.TryGetValue(category, out CategoryWork known) || known.Count < LeastOfCategory)
            return null;
        double middle = known.Mean + paces.GetValueOrDefault(technician);
        double spread = Tenth * Math.Sqrt(known.Variance + (known.Variance / known.Count) + doubts.GetValueOrDefault(technician, between));
        return new TimeEstimate(Math.Exp(middle - spread), Math.Exp(middle), Math.Exp(middle + spread));
    }

    /// <summary>A technician's time as a multiple of everybody's; 1 for one who was never seen.</summary>
    public double PaceOf(TechnicianId technician) => Math.Exp(paces.GetValueOrDefault(technician));

    /// <summary>Learns from repairs; none at all is a model to which everything is unknown. Their order makes no difference.</summary>
    /// <exception cref="ArgumentException">A repair of no duration.</exception>
    public static WorkDurations Fit(IEnumerable<WorkObservation> observations) => WorkDurationsFit.Of(observations);
}

/// <summary>What is known of one category, on the logarithmic scale of seconds.</summary>
internal readonly record struct CategoryWork(int Count, double Mean, double Variance);
