using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching.Divided;

/// <summary>Cuts a zone into parts of neighbouring technicians by halving it again and again along lines whose direction is drawn anew for each division.</summary>
internal sealed class ZoneDivision(RouteBook book)
{
    /// <summary>A part is halved while it has more jobs than this and enough technicians for two.</summary>
    private const int MostJobs = 150;

    private const int MostTechnicians = 40;

    /// <summary>Parts that together hold every technician once, every planned job with its technician, and every waiting job where it lies.</summary>
    public IReadOnlyList<ZonePart> Cut(int technicians, ref Xoshiro chance)
    {
        double angle = chance.Unit() * Math.PI;
        double shift = (chance.Unit() - 0.5) / 2;
        Entry[] all = new Entry[technicians];
        for (int t = 0; t < technicians; t++)
            all[t] = new Entry(t, Turned(book.Middle(t), angle), book.JobsOf(t).Length);
        Entry[] waiting = [.. book.Waiting.Select(job => new Entry(job, Turned(book.Map.Job(job), angle), 1))];
        List<ZonePart> parts = [];
        Halve(all, waiting, 0.5 + (shift / 2), parts);
        return parts;
    }

    private void Halve(Span<Entry> technicians, Span<Entry> waiting, double at, List<ZonePart> parts)
    {
        int jobs = waiting.Length;
        foreach (Entry entry in technicians)
            jobs += entry.Jobs;
        if (technicians.Length < 4 || (jobs <= MostJobs && technicians.Length <= MostTechnicians))
        {
            parts.Add(book.Part(technicians.ToArray().Select(entry => entry.Index), waiting.ToArray().Select(entry => entry.Index)));
            return;
        }

        bool wide = Extent(technicians, entry => entry.At.X) >= Extent(technicians, entry => entry.At.Y);
        Comparison<Entry> along = wide
            ? (a, b) => (a.At.X, a.Index).CompareTo((b.At.X, b.Index))
            : (a, b) => (a.At.Y, a.Index).CompareTo((b.At.Y, b.Index));
        technicians.Sort(along);
        waiting.Sort(along);
        int half = Math.Clamp((int)(technicians.Length * at), 2, technicians.Length - 2);
        double line = wide ? technicians[half].At.X : technicians[half].At.Y;
        int left = 0;
        while (left < waiting.Length && (wide ? waiting[left].At.X : waiting[left].At.Y) < line)
            left++;
        Halve(technicians[..half], waiting[..left], 0.5, parts);
        Halve(technicians[half..], waiting[left..], 0.5, parts);
    }

    private static double Extent(Span<Entry> entries, Func<Entry, double> of)
    {
        (double least, double most) = (double.MaxValue, double.MinValue);
        foreach (Entry entry in entries)
            (least, most) = (Math.Min(least, of(entry)), Math.Max(most, of(entry)));
        return most - least;
    }

    private static (double X, double Y) Turned((double X, double Y) point, double angle) =>
        ((point.X * Math.Cos(angle)) - (point.Y * Math.Sin(angle)), (point.X * Math.Sin(angle)) + (point.Y * Math.Cos(angle)));

    private readonly record struct Entry(int Index, (double X, double Y) At, int Jobs);
}
