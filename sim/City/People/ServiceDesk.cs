using System.Globalization;
using Dispatch.Sim.City.Demand;
using Dispatch.Sim.City.Plan;
using Dispatch.Sim.City.Setup;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.City.People;

/// <summary>
/// The hotline: a customer of the city whose window passed without anybody coming calls, and gets another one. Touches only what the city's own customers brought in, and never what
/// somebody else filed.
/// </summary>
public sealed class ServiceDesk(CityWorld world)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10), ServerPause = TimeSpan.FromMinutes(10);

    public Task Live(CancellationToken cancellation) => world.Forever("service desk", async stop =>
    {
        using ApiClient api = await world.SignIn(CitySetup.Desk, stop);
        while (true)
        {
            await world.Pause(Pause, ServerPause, stop);
            string? after = null;
            do
            {
                JobList page = (await api.Get<JobList>("v1/jobs?status=queued&limit=500" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), stop)).Must("waiting jobs");
                foreach (JobView job in page.Items)
                    await Look(api, job, stop);
                after = page.Next;
            }
            while (after is not null);
        }
    }, cancellation);

    /// <summary>The window for somebody who was let down: soon in the daytime, else the next morning.</summary>
    public static Period NewWindow(DateTimeOffset midnight, DateTimeOffset now)
    {
        double hour = (now - midnight).TotalHours;
        return hour is > 8 and < 18.5 ? new Period(now, now.AddHours(4))
            : hour <= 8 ? new Period(midnight.AddHours(8.5), midnight.AddHours(12.5))
            : new Period(midnight.AddDays(1).AddHours(8.5), midnight.AddDays(1).AddHours(12.5));
    }

    private async Task Look(ApiClient api, JobView job, CancellationToken stop)
    {
        DateTimeOffset now = world.Clock.Now;
        bool ours = job.Device?.Serial?.StartsWith(RequestSchedule.SerialMark, StringComparison.Ordinal) == true;
        if (!ours || job.Mode == "mailIn" || job.Windows is not { Count: > 0 } windows || windows.Max(w => w.To) > now)
            return;
        Period window = NewWindow(world.Plan.LocalMidnight(now), now);
        // Refused where something has happened since the list was read: then nobody has to be called any more.
        await api.Command<Nothing>($"v1/jobs/{job.Id}/reschedule", new RescheduleRequest([window]), string.Create(CultureInfo.InvariantCulture, $"desk-{job.Id}-{job.Version}"), stop);
    }
}
