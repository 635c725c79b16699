namespace Engine.Conformance;

/// <summary>On Orleans only: no grain of the product has reminders, but its stores keep them.</summary>
public sealed class ReminderGrain(IGrainContext context) : Grain(context), IReminderGrain, IRemindable
{
    private const string Name = "wake";

    public Task Register(TimeSpan period) => this.RegisterOrUpdateReminder(Name, period, period);

    public async Task<bool> IsRegistered() => await this.GetReminder(Name) is { ReminderName: Name };

    public async Task Unregister() => await this.UnregisterReminder((await this.GetReminder(Name))!);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Journal.Add(this.GetPrimaryKeyString(), $"{reminderName} every {status.Period.TotalMilliseconds}");
        return Task.CompletedTask;
    }
}
