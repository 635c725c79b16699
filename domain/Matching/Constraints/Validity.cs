namespace Dispatch.Domain.Matching.Constraints;

/// <summary>Whether something that lapses, a certificate or an authorisation, holds when a job begins.</summary>
internal static class Validity
{
    /// <summary>
    /// The latest moment at which this technician could begin this job: what lapses has to hold until then. Exact for what lapses overnight, as these things do; where it lapses within the
    /// shift and the window spans that moment, the pair is ruled out for the whole window rather than promised on the chance of an early start.
    /// </summary>
    public static DateTimeOffset LatestBegin(TechnicianSnapshot technician, JobSnapshot job)
    {
        DateTimeOffset latest = technician.LastEnd;
        if (!job.Openings.IsEmpty && job.Openings.Max(window => window.To) is var closes && closes < latest)
            latest = closes;
        return latest;
    }
}
