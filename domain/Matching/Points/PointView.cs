using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Matching.Points;

/// <summary>A service point at one moment: what its ledger says, remembered, because many jobs ask the same.</summary>
internal sealed class PointView(ServicePointState state, DateTimeOffset now, MailInRules rules)
{
    private readonly Dictionary<(DateOnly, string), int> open = [];
    private readonly Dictionary<string, int> free = new(StringComparer.Ordinal);
    private readonly Dictionary<(DateOnly, bool), DateTimeOffset> ready = [];
    private readonly Dictionary<DateOnly, DateTimeOffset> ends = [];

    public ServicePointState State => state;

    public DateTimeOffset Now => now;

    public MailInRules Rules => rules;

    /// <summary>The last day on which a place is looked for.</summary>
    public DateOnly LastDay { get; } = state.Profile.Hours.DayOf(now).AddDays(rules.DaysAhead);

    /// <summary>Places still to be had; what the job itself holds counts as free to it.</summary>
    public int Open(DateOnly day, string category, JobId job) =>
        state.SlotOf(job) is null ? Open(day, category) : state.Open(day, category, now, job);

    /// <summary>Places still to be had by anybody.</summary>
    public int Open(DateOnly day, string category)
    {
        if (!open.TryGetValue((day, category), out int left))
            open[(day, category)] = left = state.Open(day, category, now);
        return left;
    }

    public int Free(string part, JobId job) => state.SlotOf(job) is null ? Free(part) : state.Free(part, now, job);

    /// <summary>Units that no job holds.</summary>
    public int Free(string part)
    {
        if (!free.TryGetValue(part, out int left))
            free[part] = left = state.Free(part, now);
        return left;
    }

    /// <summary>Whether a place of that day is the job's already, so that others do not see it as free.</summary>
    public bool Holds(MailInJob job, DateOnly day) => state.SlotOf(job.Id) is not null && Open(day, job.Bench, job.Id) > Math.Max(0, Open(day, job.Bench));

    /// <summary>Per part what the job would take out of the free stock: less by what it holds here already.</summary>
    public IEnumerable<(string Part, int Units)> Demand(MailInJob job)
    {
        foreach (IGrouping<string, PartQuantity> wanted in job.Needs.Parts.GroupBy(p => p.Code, StringComparer.Ordinal))
            if (wanted.Sum(p => p.Quantity) - (Free(wanted.Key, job.Id) - Free(wanted.Key)) is var units && units > 0)
                yield return (wanted.Key, units);
    }

    /// <summary>As <see cref="MailInRules.Promise"/> says.</summary>
    public DateTimeOffset Promise(DateOnly day, TimeSpan work, double metres)
    {
        OpeningHours hours = state.Profile.Hours;
        bool isLong = work > rules.LongRepair;
        if (!ready.TryGetValue((day, isLong), out DateTimeOffset done))
            ready[(day, isLong)] = done = rules.ReadyAt(hours, day, work);
        DateOnly back = hours.CalendarDayOf(rules.BackAt(done, metres));
        if (!ends.TryGetValue(back, out DateTimeOffset end))
            ends[back] = end = hours.EndOf(back);
        return end;
    }
}
