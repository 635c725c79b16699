using System.Globalization;
using Dispatch.Sim.City.Demand;
using Dispatch.Sim.City.Plan;
using Dispatch.Sim.City.Setup;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.City.People;

/// <summary>
/// Customers whose device has come back: most say so by their link when they have opened the parcel, some never do. The link is the one they got when they filed the request; asking for it again with
/// the same request gives the same answer.
/// </summary>
public sealed class Recipients(CityWorld world, RequestSchedule schedule, Customers customers)
{
    private const double NeverSays = 0.1;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), ServerPause = TimeSpan.FromMinutes(4);

    private readonly HashSet<string> said = [];

    public Task Live(CancellationToken cancellation) => world.Forever("recipients", async stop =>
    {
        using ApiClient desk = await world.SignIn(CitySetup.Desk, stop);
        using ApiClient customer = world.Client();
        while (true)
        {
            await world.Pause(Pause, ServerPause, stop);
            foreach (JobView job in (await desk.Get<JobList>("v1/jobs?status=delivered&limit=500", stop)).Must("delivered jobs").Items)
                if (!said.Contains(job.Id) && world.Clock.Now > job.UpdatedAt.AddMinutes(5 + 55 * Chance.Share(world.Plan.Seed, "opened", job.Id)))
                    await Say(customer, job, stop);
        }
    }, cancellation);

    private async Task Say(ApiClient customer, JobView job, CancellationToken stop)
    {
        said.Add(job.Id);
        if (Chance.Share(world.Plan.Seed, "says", job.Id) < NeverSays || Find(job) is not { } request)
            return;
        if (await customers.TokenOf(customer, job.Id, request, stop) is { } token)
            await customer.Command<Nothing>($"v1/track/{token}/confirm", new { }, $"{request.Key}-confirm", stop);
    }

    /// <summary>The request of the city that became this job; null where it is not one of the city's.</summary>
    private RequestPlan? Find(JobView job)
    {
        if (job.Device?.Serial is not { } serial || !serial.StartsWith($"{RequestSchedule.SerialMark}{world.Plan.Seed}-", StringComparison.Ordinal))
            return null;
        string[] parts = serial.Split('-');
        return parts.Length == 4 && int.TryParse(parts[2], CultureInfo.InvariantCulture, out int day) && int.TryParse(parts[3], CultureInfo.InvariantCulture, out int n)
            ? schedule.Request(new DateTimeOffset(DateOnly.FromDayNumber(day).ToDateTime(TimeOnly.MinValue), CityPlan.Offset), n)
            : null;
    }
}
