using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Clock;

namespace Dispatch.Sim.City.Watch;

/// <param name="Minutes">Real ones.</param>
/// <param name="ProcessId">Of the server, where it runs on this machine: its use of the processor is told as well.</param>
public sealed record WatchOptions(Uri Server, Credentials Staff, double Minutes, int? ProcessId);

/// <summary>Looks at a living city as a dispatcher would and says whether it lives: who moves, what is closed, what is stuck.</summary>
public sealed class CityWatch(WatchOptions options, TimeProvider time, TextWriter console)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(60), Tell = TimeSpan.FromSeconds(60);
    private const int PlannerPauseSeconds = 30;

    /// <returns>0 if nothing is stuck, else 1.</returns>
    public async Task<int> Watch(CancellationToken cancellation)
    {
        using SocketsHttpHandler handler = new();
        using ApiClient staff = new(options.Server, handler, time, RetryRules.Standard, new Random());
        (await staff.SignIn(options.Staff, cancellation)).Must("sign-in");
        await using ServerClock clock = await ServerClock.Measure(staff, time, cancellation);
        ImmutableArray<string> zones = [.. (await staff.Get<ZoneList>("v1/zones", cancellation)).Must("zones").Items.Select(z => z.Id)];
        await using Movements movements = new(options.Server, staff, zones, time);
        ProcessorShare processor = new(options.ProcessId, time);
        long since = time.GetTimestamp();
        await Task.Delay(First, time, cancellation);
        Line($"moved in the first {First.TotalSeconds:0} s  {movements.TakeMoved()} technicians, of {movements.Shown} on the map");
        while (time.GetElapsedTime(since) is var spent && spent.TotalMinutes < options.Minutes)
        {
            TimeSpan left = TimeSpan.FromMinutes(options.Minutes) - spent;
            await Task.Delay(left < Tell ? left : Tell, time, cancellation);
            IReadOnlyList<JobView> all = await Jobs(staff, cancellation);
            Line($"{time.GetElapsedTime(since).TotalMinutes,5:0.0} min  {clock.Now.ToOffset(Plan.CityPlan.Offset):dd MMM HH:mm}  {all.Count} jobs, closed {ByMode(all, j => j.Status == "closed")}; {movements.TakeMoved()} moved{processor.Take()}");
        }
        return await Report(staff, clock, zones, cancellation);
    }

    private async Task<int> Report(ApiClient staff, ServerClock clock, ImmutableArray<string> zones, CancellationToken cancellation)
    {
        HashSet<string> planned = new(StringComparer.Ordinal);
        foreach (string zone in zones)
            planned.UnionWith((await staff.Get<PlanView>($"v1/zones/{zone}/plan", cancellation)).Must("plan").Routes.SelectMany(r => r.Stops).Select(s => s.JobId).OfType<string>());
        IReadOnlyList<JobView> all = await Jobs(staff, cancellation);
        DateTimeOffset now = clock.Now;
        TimeSpan pause = TimeSpan.FromSeconds(PlannerPauseSeconds * Math.Max(1, clock.Speed));
        Line($"closed        {ByMode(all, j => j.Status == "closed")}");
        Line($"cancelled     {ByMode(all, j => j.Status == "cancelled")}");
        Line("by status     " + string.Join(", ", all.GroupBy(j => j.Status).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}")));
        Line("open, by what they wait for:");
        (JobView Job, Waiting For)[] open = [.. all.Where(j => j.Status is not ("closed" or "cancelled")).Select(j => (j, OpenJobs.Of(j, planned.Contains(j.Id), now, pause)))];
        foreach (var group in open.GroupBy(o => o.For).OrderByDescending(g => g.Count()))
            Line($"  {group.Count(),5}  {group.Key.For}{(group.Key.Stuck ? "  STUCK, for example " + group.First().Job.Id : "")}");
        int stuck = open.Count(o => o.For.Stuck);
        Line($"stuck         {stuck}");
        return stuck == 0 ? 0 : 1;
    }

    private static string ByMode(IEnumerable<JobView> jobs, Func<JobView, bool> which)
    {
        List<JobView> chosen = [.. jobs.Where(which)];
        int mailed = chosen.Count(j => j.Mode == "mailIn");
        return $"{chosen.Count} ({chosen.Count - mailed} at the door, {mailed} by mail)";
    }

    private static async Task<IReadOnlyList<JobView>> Jobs(ApiClient staff, CancellationToken cancellation)
    {
        List<JobView> all = [];
        string? after = null;
        do
        {
            JobList page = (await staff.Get<JobList>("v1/jobs?limit=1000" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), cancellation)).Must("jobs");
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private void Line(string text) => console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
