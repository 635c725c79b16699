using System.Collections.Concurrent;

namespace Dispatch.Sim.Chaos.Journals;

/// <summary>What the clients wrote down while it happened: every command before it was sent, every answer as it came. Thread-safe.</summary>
public sealed class Journal(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string User, string Key), Entry> entries = new();
    private readonly ConcurrentQueue<SeenVersion> seen = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly ConcurrentDictionary<string, Watch> watches = new();

    private int unavailable, givenUp;

    public int Sent => entries.Count;

    /// <summary>Answers that said not now.</summary>
    public int Unavailable => unavailable;

    /// <summary>Commands that were repeated until patience ended, and never succeeded.</summary>
    public int GivenUp => givenUp;

    public int Acknowledged => entries.Values.Count(e => e.First is { IsAcknowledged: true });

    public IReadOnlyList<string> ServerErrors => [.. errors];

    public IReadOnlyList<SeenVersion> Seen => [.. seen];

    /// <summary>In the order in which they were first sent.</summary>
    public IReadOnlyList<SentCommand> Commands => [.. entries.Values.OrderBy(e => e.InvokedAt).Select(e => e.ToCommand())];

    public IReadOnlyList<WatcherLog> Watchers => [.. watches.Values.Select(w => w.ToLog())];

    /// <summary>Written down before the command leaves; a repetition finds what was written the first time.</summary>
    public Entry Invoked(string user, string key, string path, string body)
    {
        Entry entry = entries.GetOrAdd((user, key), _ => new Entry(user, key, path, body, time.GetTimestamp()));
        return entry.Path == path && entry.Body == body ? entry : throw new InvalidOperationException($"{user} has used key {key} for two different commands.");
    }

    /// <summary>A refusal to serve (who are you, too often, not now) decides nothing; any other answer is the decision, and stays it.</summary>
    public void Answered(Entry entry, int status, string body)
    {
        Noted(status, $"{entry.Path} ({entry.Key})", body);
        if (status is < 500 and not (401 or 403 or 429))
            entry.Add(new Answer(status, body, time.GetTimestamp()));
    }

    /// <summary>Any answer at all, also to a question.</summary>
    public void Noted(int status, string what, string body)
    {
        if (status == 503)
            Interlocked.Increment(ref unavailable);
        else if (status >= 500)
            errors.Enqueue($"{status} to {what}: {body}");
    }

    public void GaveUp() => Interlocked.Increment(ref givenUp);

    public void Saw(string job, long invokedAt, long version) => seen.Enqueue(new SeenVersion(job, invokedAt, time.GetTimestamp(), version));

    public Watch NewWatch(string watcher, bool redacted = false) => watches.GetOrAdd(watcher, name => new Watch(name, redacted));

    /// <summary>One command on its way.</summary>
    public sealed class Entry(string user, string key, string path, string body, long invokedAt)
    {
        private readonly Lock gate = new();
        private readonly List<Answer> others = [];

        public string Key { get; } = key;

        public string Path { get; } = path;

        public string Body { get; } = body;

        public long InvokedAt { get; } = invokedAt;

        public Answer? First { get; private set; }

        internal void Add(Answer answer)
        {
            lock (gate)
                if (First is null)
                    First = answer;
                else if (First.Status != answer.Status || First.Body != answer.Body)
                    others.Add(answer);
        }

        internal SentCommand ToCommand()
        {
            lock (gate)
                return new SentCommand(user, Key, Path, Body, InvokedAt, First, [.. others]);
        }
    }

    /// <summary>One watcher's own record.</summary>
    public sealed class Watch(string watcher, bool redacted)
    {
        private readonly Lock gate = new();
        private readonly List<Applied> applied = [];
        private readonly Dictionary<string, long> last = new(StringComparer.Ordinal);
        private readonly List<Arrival> arrivals = [];
        private readonly List<Interruption> interruptions = [];
        private DateTimeOffset? notLiveSince;

        public bool Ended { get; set; }

        /// <summary>An event was applied.</summary>
        public void Came(DateTimeOffset happened, DateTimeOffset now)
        {
            lock (gate)
                arrivals.Add(new Arrival(happened, now));
        }

        /// <summary>The connection turned current, or is so no longer. The first way to that is no interruption.</summary>
        public void Linked(bool live, DateTimeOffset now)
        {
            lock (gate)
                if (!live)
                    notLiveSince ??= now;
                else if (notLiveSince is { } since)
                {
                    interruptions.Add(new Interruption(since, now));
                    notLiveSince = null;
                }
        }

        public void Add(string stream, long seq, ulong? digest)
        {
            lock (gate)
            {
                applied.Add(new Applied(stream, seq, digest));
                last[stream] = seq;
            }
        }

        /// <summary>The last number applied of each stream.</summary>
        public IReadOnlyDictionary<string, long> Last
        {
            get
            {
                lock (gate)
                    return new Dictionary<string, long>(last);
            }
        }

        internal WatcherLog ToLog()
        {
            lock (gate)
                return new WatcherLog(watcher, redacted, Ended, [.. applied]) { Arrivals = [.. arrivals], Interruptions = [.. interruptions] };
        }
    }
}
