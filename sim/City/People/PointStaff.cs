using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Dispatch.Sim.City.Plan;
using Dispatch.Sim.City.Setup;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;

namespace Dispatch.Sim.City.People;

/// <summary>The people of one service point with one screen between them: it shows what the point's stream tells, they do what <see cref="BenchRules"/> says is due while the point is open.</summary>
public sealed class PointStaff(CityWorld world, PointPlan point) : IStreamListener
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), ServerPause = TimeSpan.FromMinutes(1);
    private static readonly string[] Ended = ["closed", "cancelled"];

    private readonly ConcurrentDictionary<string, JobView> jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> failed = new(StringComparer.Ordinal);

    public Task Live(CancellationToken cancellation) => world.Forever(point.User, async stop =>
    {
        using ApiClient api = await world.SignIn(point.User, stop);
        await using StreamClient streams = new(
            WebSocketTransport.To(world.Server, "hub", api.Token), api, this, new HubOptions(), Backoff.Standard, StreamLimits.Standard, world.Time, new Random());
        streams.Follow("point/" + point.Id, null);
        while (true)
        {
            await world.Pause(Pause, ServerPause, stop);
            DateTimeOffset now = world.Clock.Now;
            double hour = (now - world.Plan.LocalMidnight(now)).TotalHours;
            if (hour is > CitySetup.PointOpens and < CitySetup.PointCloses)
                foreach (BenchStep step in BenchRules.Due(jobs.Values.Where(j => j.Booking is { Confirmed: true } b && b.PointId == point.Id), now, point.Hands, world.Plan.Seed))
                    await Do(api, step, stop);
        }
    }, cancellation);

    void IStreamListener.Applied(string stream, StreamEvent happened)
    {
        if (happened.Data.TryGetProperty("view", out JsonElement view) && happened.Type.StartsWith("job.", StringComparison.Ordinal) && view.Deserialize<JobView>(Json) is { } job)
            Learn(job);
    }

    void IStreamListener.Restored(StreamSnapshot snapshot)
    {
        jobs.Clear();
        foreach (JsonElement view in snapshot.Jobs.EnumerateArray())
            if (view.Deserialize<JobView>(Json) is { } job)
                Learn(job);
    }

    void IStreamListener.LinkChanged(LinkState state)
    {
        // The screen shows what it knew; what is refused because of it is read again.
    }

    void IStreamListener.Trouble(string what) => world.Detail($"{point.User}: {what}");

    private void Learn(JobView job)
    {
        jobs.AddOrUpdate(job.Id, job, (_, known) => known.Version > job.Version ? known : job);
        if (Ended.Contains(jobs[job.Id].Status))
            jobs.TryRemove(job.Id, out _);
    }

    private async Task Do(ApiClient api, BenchStep due, CancellationToken stop)
    {
        JobView job = due.Job;
        bool passes = BenchRules.Passes(job, world.Plan.Seed, failed.ContainsKey(job.Id));
        object body = due.Step switch
        {
            "inspect" => new InspectRequest("As described; nothing else found."),
            "finish" => new FinishRequest(Chance.Share(world.Plan.Seed, "outcome", job.Id) < 0.05 ? "not_repaired" : "repaired", "Repaired and cleaned."),
            "check" => new CheckRequest(passes, passes ? null : "Not as it should be yet."),
            _ => new { },
        };
        string key = string.Create(CultureInfo.InvariantCulture, $"{point.User}-{job.Id}-{job.Version}-{due.Step}");
        ApiResult<JobReply> result = await api.Command<JobReply>($"v1/jobs/{job.Id}/{due.Step}", body, key, stop);
        if (result is ApiResult<JobReply>.Ok && due.Step == "check" && !passes)
            failed[job.Id] = true;
        // Done or refused, perhaps because somebody else was quicker: what the job is now is for the server to say.
        if ((await api.Get<JobView>("v1/jobs/" + job.Id, stop)) is ApiResult<JobView>.Ok { Value: var now })
            Learn(now);
        if (result is ApiResult<JobReply>.Refused no)
            world.Detail($"{point.User}: {due.Step} of {job.Id}: {no.Problem}");
    }
}
