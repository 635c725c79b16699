using Dispatch.Sim.Chaos.Journals;

namespace Dispatch.Sim.Chaos.Judging;

/// <summary>
/// Judges what watchers were told: each number of a stream once and in order, always with the same content, and in the end everything there is. A gap that a watcher noticed and
/// closed before applying anything beyond it is no violation; one that it never noticed is.
/// </summary>
public static class FeedJudge
{
    public static IEnumerable<Violation> Find(Evidence evidence)
    {
        Dictionary<string, IReadOnlyDictionary<long, ulong>> contents = evidence.Histories.ToDictionary(
            h => h.Key, IReadOnlyDictionary<long, ulong> (h) => h.Value.GroupBy(e => e.Seq).ToDictionary(g => g.Key, g => Digests.Of(g.First())), StringComparer.Ordinal);
        foreach ((string stream, IReadOnlyList<HistoryEvent> history) in evidence.Histories)
        {
            for (int i = 0; i < history.Count; i++)
                if (history[i].Seq != i + 1)
                {
                    yield return new(Wrong.FeedGap, $"{stream}: event {history[i].Seq} stands where {i + 1} should");
                    break;
                }
            foreach (var twice in history.GroupBy(e => (e.Source, e.Number)).Where(g => g.Count() > 1))
                yield return new(Wrong.FeedGap, $"{stream}: event {twice.Key.Number} of {twice.Key.Source} appears {twice.Count()} times");
        }
        foreach (WatcherLog watcher in evidence.Watchers)
            foreach (Violation v in Judge(watcher, contents))
                yield return v;
    }

    private static IEnumerable<Violation> Judge(WatcherLog watcher, Dictionary<string, IReadOnlyDictionary<long, ulong>> contents)
    {
        Dictionary<string, long> last = new(StringComparer.Ordinal);
        foreach (Applied applied in watcher.Applied)
        {
            long before = last.GetValueOrDefault(applied.Stream);
            last[applied.Stream] = applied.Seq;
            if (applied.Digest is not { } digest)
            {
                if (applied.Seq < before)
                    yield return new(Wrong.FeedGap, $"{watcher.Watcher}: snapshot {applied.Seq} of {applied.Stream} after {before}");
                continue;
            }
            if (applied.Seq != before + 1)
                yield return new(Wrong.FeedGap, $"{watcher.Watcher}: applied {applied.Seq} of {applied.Stream} after {before}");
            if (!contents.TryGetValue(Name(watcher, applied.Stream), out IReadOnlyDictionary<long, ulong>? history))
                yield return new(Wrong.FeedGap, $"{watcher.Watcher}: {applied.Stream} could not be read at the end");
            else if (!history.TryGetValue(applied.Seq, out ulong told))
                yield return new(Wrong.FeedGap, $"{watcher.Watcher}: was told {applied.Seq} of {applied.Stream}, which is not in it");
            else if (told != digest)
                yield return new(Wrong.FeedGap, $"{watcher.Watcher}: {applied.Seq} of {applied.Stream} was told otherwise than it reads");
        }
        if (!watcher.Ended)
            foreach ((string stream, long seq) in last)
                if (contents.TryGetValue(Name(watcher, stream), out IReadOnlyDictionary<long, ulong>? all) && all.Count > 0 && seq < all.Keys.Max())
                    yield return new(Wrong.FeedGap, $"{watcher.Watcher}: stands at {seq} of {stream}, whose last is {all.Keys.Max()}");
    }

    /// <summary>Whoever watches by a tracking token is shown less, so theirs is a history of its own.</summary>
    private static string Name(WatcherLog watcher, string stream) => watcher.Redacted ? "track:" + stream : stream;
}
