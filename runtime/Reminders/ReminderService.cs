using Microsoft.Extensions.Logging;

namespace Dispatch.Runtime;

/// <summary>
/// Ticks the reminders of the table. A tick is an ordinary call; one that came due while the host was down is
/// skipped, as is the time: the next falls on a whole number of periods after the first.
/// </summary>
internal sealed partial class ReminderService(GrainHost host, IReminderTable table)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId, string), Local> _local = [];
    private readonly PriorityQueue<(Local Reminder, int Version), DateTime> _due = new();
    private ITimer? _timer, _refresh;
    private bool _stopped;

    private sealed class Local(ReminderEntry entry)
    {
        public ReminderEntry Entry = entry;
        public int Version;
        public bool Seen;
    }

    private sealed record Handle(GrainId GrainId, string ReminderName, string? ETag) : IGrainReminder;

    /// <summary>Which grains' reminders this host ticks: all, unless the simulator shares them out.</summary>
    public Func<GrainId, bool> Owns { get; set; } = static _ => true;

    private DateTime Now => host.Clock.GetUtcNow().UtcDateTime;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await table.StartAsync(cancellationToken);
        _timer = host.Clock.CreateTimer(static self => ((ReminderService)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await ReadAsync();
        _refresh = host.Clock.CreateTimer(
            static self => ((ReminderService)self!).RefreshAsync().Forget(), this, host.Options.ReminderRefresh, host.Options.ReminderRefresh);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Crash();
        await table.StopAsync(cancellationToken);
    }

    public void Crash()
    {
        lock (_gate)
        {
            _stopped = true;
            _local.Clear();
            _due.Clear();
        }
        _refresh?.Dispose();
        _timer?.Dispose();
    }

    public async Task<IGrainReminder> RegisterAsync(GrainId grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        if (period < host.Options.MinimumReminderPeriod)
            throw new ArgumentException($"Reminder '{name}' of {grain}: period {period} is below the minimum {host.Options.MinimumReminderPeriod}.", nameof(period));

        var entry = new ReminderEntry { GrainId = grain, ReminderName = name, StartAt = Now + dueTime, Period = period };
        entry.ETag = await table.UpsertRow(entry);
        Schedule(entry);
        return new Handle(grain, name, entry.ETag);
    }

    public async Task UnregisterAsync(IGrainReminder reminder)
    {
        var handle = (Handle)reminder;
        if (!await table.RemoveRow(handle.GrainId, handle.ReminderName, handle.ETag ?? ""))
            throw new OrleansException($"Reminder '{handle.ReminderName}' of {handle.GrainId} was changed or removed since it was read.");
        lock (_gate)
            _local.Remove((handle.GrainId, handle.ReminderName));
    }

    public async Task<IGrainReminder?> FindAsync(GrainId grain, string name) =>
        await table.ReadRow(grain, name) is { } row ? new Handle(grain, name, row.ETag) : null;

    public async Task<List<IGrainReminder>> ListAsync(GrainId grain) =>
        [.. (await table.ReadRows(grain)).Reminders.Select(row => new Handle(grain, row.ReminderName, row.ETag))];

    private async Task RefreshAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception failure)
        {
            LogRefreshFailed(host.Log, failure);
        }
    }

    private async Task ReadAsync()
    {
        var rows = (await table.ReadRows(0, 0)).Reminders.Where(row => Owns(row.GrainId)).ToList();
        lock (_gate)
        {
            foreach (var local in _local.Values)
                local.Seen = false;
            foreach (var row in rows)
            {
                if (!_local.TryGetValue((row.GrainId, row.ReminderName), out var local) || local.Entry.ETag != row.ETag)
                    local = ScheduleLocked(row);
                local.Seen = true;
            }
            foreach (var (key, local) in _local.ToList())
                if (!local.Seen)
                    _local.Remove(key);
        }
        SetTimer();
    }

    /// <summary>Here at first, whoever owns it; the owner takes over when the table is next read.</summary>
    private void Schedule(ReminderEntry entry)
    {
        lock (_gate)
            ScheduleLocked(entry);
        SetTimer();
    }

    private Local ScheduleLocked(ReminderEntry entry)
    {
        if (!_local.TryGetValue((entry.GrainId, entry.ReminderName), out var local))
            _local[(entry.GrainId, entry.ReminderName)] = local = new Local(entry);
        local.Entry = entry;
        _due.Enqueue((local, ++local.Version), NextTick(entry, Now));
        return local;
    }

    private static DateTime NextTick(ReminderEntry entry, DateTime after)
    {
        if (entry.StartAt >= after)
            return entry.StartAt;
        var periods = (after - entry.StartAt).Ticks / entry.Period.Ticks + 1;
        return entry.StartAt + TimeSpan.FromTicks(periods * entry.Period.Ticks);
    }

    private void SetTimer()
    {
        lock (_gate)
        {
            if (_stopped || !_due.TryPeek(out _, out var at))
                return;
            var wait = at - Now;
            // A timer takes about 49 days at most; looking again sooner does no harm.
            _timer!.Change(TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, TimeSpan.TicksPerDay)), Timeout.InfiniteTimeSpan);
        }
    }

    private void Tick()
    {
        var due = new List<ReminderEntry>();
        var now = Now;
        lock (_gate)
        {
            while (!_stopped && _due.TryPeek(out var next, out var at) && at <= now)
            {
                _due.Dequeue();
                var (local, version) = next;
                if (local.Version != version || !_local.TryGetValue((local.Entry.GrainId, local.Entry.ReminderName), out var known) || known != local)
                    continue;
                due.Add(local.Entry);
                _due.Enqueue(next, NextTick(local.Entry, now.AddTicks(1)));
            }
        }
        foreach (var entry in due)
            TickAsync(entry, now).Forget();
        SetTimer();
    }

    private async Task TickAsync(ReminderEntry entry, DateTime now)
    {
        try
        {
            await host.Factory.GetGrain<IRemindable>(entry.GrainId)
                .ReceiveReminder(entry.ReminderName, new TickStatus(entry.StartAt, entry.Period, now));
        }
        catch (Exception failure)
        {
            LogTickFailed(host.Log, failure, entry.ReminderName, entry.GrainId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading the reminder table failed; the known reminders go on.")]
    private static partial void LogRefreshFailed(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reminder {Reminder} of {Grain} failed; it ticks again after its period.")]
    private static partial void LogTickFailed(ILogger log, Exception failure, string reminder, GrainId grain);
}
