using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dispatch.Sim.City.Demand;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.City.People;

/// <summary>Everybody who asks for a repair. Nobody signs in; what they may do afterwards they may by the link they were given.</summary>
public sealed class Customers(CityWorld world, RequestSchedule schedule)
{
    private const int Together = 3;

    /// <summary>How far back a city that wakes up files again what it may have been about to file. Filing twice is filing once.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(15);

    /// <summary>What has gathered overnight when a new city begins.</summary>
    private static readonly TimeSpan Overnight = TimeSpan.FromHours(13);

    /// <summary>Of what was mailed in since the city woke up, by job.</summary>
    private readonly ConcurrentDictionary<string, string> tokens = new(StringComparer.Ordinal);
    private DateTimeOffset filedUntil;

    /// <summary>The right to a job that was filed; null where the server no longer knows the request.</summary>
    public async Task<string?> TokenOf(ApiClient api, string job, RequestPlan r, CancellationToken stop) =>
        tokens.TryRemove(job, out string? token) ? token
        : await api.Command<FiledJob>("v1/jobs", BodyOf(r), r.Key, stop) is ApiResult<FiledJob>.Ok { Value: var filed } && filed.Id == job ? filed.TrackingToken : null;

    /// <param name="isNew">Nothing has ever been filed here.</param>
    public async Task Live(bool isNew, CancellationToken cancellation)
    {
        filedUntil = world.Clock.Now - (isNew ? Overnight : Again);
        using ApiClient api = world.Client();
        await world.Forever("customers", stop => FileAll(api, stop), cancellation);
    }

    private async Task FileAll(ApiClient api, CancellationToken stop)
    {
        while (true)
        {
            DateTimeOffset midnight = world.Plan.LocalMidnight(filedUntil);
            ImmutableArray<RequestPlan> today = [.. schedule.DayOf(midnight).Where(r => r.At > filedUntil)];
            DateTimeOffset woke = world.Clock.Now;
            await Parallel.ForEachAsync(today.Where(r => r.At <= woke), new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = stop }, async (r, s) => await File(api, r, s));
            foreach (RequestPlan request in today.Where(r => r.At > woke))
            {
                await world.Clock.Reach(request.At, stop);
                await File(api, request, stop);
                filedUntil = request.At;
            }
            filedUntil = midnight.AddDays(1);
        }
    }

    private CustomerRequest BodyOf(RequestPlan r) =>
        new(r.Category, world.Plan.Map.ToPlace(r.Address.At), r.Address.ToString(), r.Contact, r.Device, r.Symptom, r.MailIn ? "mailIn" : "doorToDoor", r.Window);

    private async Task File(ApiClient api, RequestPlan r, CancellationToken stop)
    {
        switch (await api.Command<FiledJob>("v1/jobs", BodyOf(r), r.Key, stop))
        {
            case ApiResult<FiledJob>.Ok ok:
                if (r.MailIn)
                    tokens[ok.Value.Id] = ok.Value.TrackingToken;
                if (r.Change != ChangeOfMind.None)
                    _ = world.Once("customer", s => ChangeMind(api, r, ok.Value, s), stop);
                break;
            case ApiResult<FiledJob>.Refused no when no.Problem.Code is not "job.window_in_past":
                world.Trouble($"request {r.Key}: {no.Problem}");
                break;
        }
    }

    /// <summary>What has become of the job by then may forbid it; that is the answer, and the customer lives with it.</summary>
    private async Task ChangeMind(ApiClient api, RequestPlan r, FiledJob job, CancellationToken stop)
    {
        await world.Clock.Reach(r.At + r.ThinksFor, stop);
        if (r.Change == ChangeOfMind.Cancel)
            await api.Command<Nothing>($"v1/track/{job.TrackingToken}/cancel", new CancelRequest("no longer needed"), r.Key + "-cancel", stop);
        else
            await api.Command<Nothing>($"v1/track/{job.TrackingToken}/reschedule", new RescheduleRequest([new Period(r.At.AddHours(3), r.At.AddHours(7))]), r.Key + "-reschedule", stop);
    }
}
