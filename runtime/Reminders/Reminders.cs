namespace Dispatch.Runtime;

/// <summary>A grain that reminders can wake. The class implements it, not the grain's contract.</summary>
public interface IRemindable : IGrain
{
    Task ReceiveReminder(string reminderName, TickStatus status);
}

/// <summary>A registered reminder.</summary>
public interface IGrainReminder
{
    string ReminderName { get; }
}

/// <summary>When a reminder ticked. Times are UTC.</summary>
public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
{
    public DateTime FirstTickTime { get; } = firstTickTime;
    public TimeSpan Period { get; } = period;
    public DateTime CurrentTickTime { get; } = timeStamp;

    public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
}

/// <summary>
/// Reminders outlive the activation and the process; a tick may be missed or doubled. They are only reachable
/// from the turns of the grain itself.
/// </summary>
public static class GrainReminderExtensions
{
    /// <exception cref="InvalidOperationException">The grain is not <see cref="IRemindable"/>.</exception>
    /// <exception cref="ArgumentException">The period is below the host's minimum, one minute by default.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        Registry(grain, reminderName).RegisterAsync(grain.GrainContext.GrainId, reminderName, dueTime, period);

    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
        Registry(grain, reminder.ReminderName).UnregisterAsync(reminder);

    /// <summary>Null when there is none of that name.</summary>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
        Registry(grain, reminderName).FindAsync(grain.GrainContext.GrainId, reminderName);

    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) =>
        Registry(grain, "-").ListAsync(grain.GrainContext.GrainId);

    private static ReminderService Registry(Grain grain, string reminderName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        if (grain is not IRemindable)
            throw new InvalidOperationException($"{grain.GetType()} must implement {nameof(IRemindable)} to use reminders.");
        if (Activation.Current is not { } activation)
            throw new InvalidOperationException("Reminders are only accessible from the turns of their grain.");
        return activation.Host.Reminders;
    }
}
