namespace Dispatch.Domain.Eta;

/// <summary>Fits categories and technicians in turns, because who does only long repairs is not slow and a category done by slow people is not long.</summary>
internal static class WorkDurationsFit
{
    private const int Rounds = 20;

    /// <summary>How many repairs' worth of the common variance a category starts with.</summary>
    private const double Prior = 10;

    /// <summary>A tenth as standard deviation: what is assumed of the common variance before anything was observed.</summary>
    private const double LeastVariance = 0.01;

    public static WorkDurations Of(IEnumerable<WorkObservation> observations)
    {
        Work[] all =
        [
            .. observations.OrderBy(o => o.Category, StringComparer.Ordinal).ThenBy(o => o.Technician).ThenBy(o => o.Duration).Select(o => o.Duration > TimeSpan.Zero
                ? new Work(o.Category, o.Technician, Math.Log(o.Duration.TotalSeconds))
                : throw new ArgumentException($"No work to learn from: {o}.", nameof(observations))),
        ];
        var means = new SortedDictionary<string, double>(StringComparer.Ordinal);
        SortedDictionary<TechnicianId, double> paces = [], doubts = [];
        double common = LeastVariance, between = 0;
        for (int round = 0; round < Rounds && all.Length > 0; round++)
        {
            foreach (IGrouping<string, Work> category in all.GroupBy(w => w.Category))
                means[category.Key] = category.Average(w => w.Log - paces.GetValueOrDefault(w.Technician));
            (common, between) = Variances(all, means);
            foreach (IGrouping<TechnicianId, Work> technician in all.GroupBy(w => w.Technician))
            {
                int count = technician.Count();
                double trust = between > 0 ? count / (count + (common / between)) : 0;
                paces[technician.Key] = trust * technician.Average(w => w.Log - means[w.Category]);
                doubts[technician.Key] = between * (1 - trust);
            }
        }

        var categories = new SortedDictionary<string, CategoryWork>(StringComparer.Ordinal);
        foreach (IGrouping<string, Work> category in all.GroupBy(w => w.Category))
        {
            int count = category.Count();
            double squares = category.Sum(w => Square(w.Log - means[w.Category] - paces[w.Technician]));
            categories[category.Key] = new CategoryWork(count, means[category.Key], (squares + (Prior * common)) / (count + Prior));
        }
        return new WorkDurations(categories, paces, doubts, between);
    }

    /// <summary>Variance of single repairs, and of technicians: the mean product of two repairs of the same technician is what they have in common.</summary>
    private static (double Common, double Between) Variances(Work[] all, SortedDictionary<string, double> means)
    {
        double squares = 0, products = 0, pairs = 0;
        foreach (IGrouping<TechnicianId, Work> technician in all.GroupBy(w => w.Technician))
        {
            double sum = 0, own = 0;
            int count = 0;
            foreach (Work work in technician)
            {
                double rest = work.Log - means[work.Category];
                (sum, own, count) = (sum + rest, own + (rest * rest), count + 1);
            }
            squares += own;
            products += (sum * sum) - own;
            pairs += (double)count * (count - 1);
        }
        double between = pairs > 0 ? Math.Max(0, products / pairs) : 0;
        double freedom = Math.Max(1, all.Length - means.Count);
        return (Math.Max(LeastVariance, (squares / freedom) - between), between);
    }

    private static double Square(double value) => value * value;

    private readonly record struct Work(string Category, TechnicianId Technician, double Log);
}
