using System.Globalization;
using System.Text.Json;
using Dispatch.Sim.City;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Chaos.Load;

/// <summary>Customers: they ask for repairs by door and by post, change their minds, and say when the device is back.</summary>
public sealed class CustomerLoad(ChaosWorld world)
{
    private const double PerSecond = 5, ByPost = 0.4;
    private const int MostOpen = 160, MostUnderway = 300;
    private static readonly string[] AtTheDoor = ["screen", "battery", "port", "board", "other"], OnTheBench = ["battery", "screen", "battery"];

    private int filed;

    public Task Live() => world.Until(_ =>
    {
        if (world.Board.Open < MostOpen && world.Underway < MostUnderway)
            world.Errand(File);
        return Task.CompletedTask;
    }, i => TimeSpan.FromSeconds(2 / PerSecond * Chance.Share(world.Seed, "pause", i)));

    /// <summary>Many at once, as when a shop opens.</summary>
    public void Volley(int many)
    {
        for (int i = 0; i < many; i++)
            world.Errand(File);
    }

    private async Task File()
    {
        int n = Interlocked.Increment(ref filed);
        string key = string.Create(CultureInfo.InvariantCulture, $"request-{n}");
        bool byPost = Chance.Share(world.Seed, key, "mode") < ByPost;
        string[] kinds = byPost ? OnTheBench : AtTheDoor;
        Person by = Chance.Share(world.Seed, key, "by") < 0.5 ? world.Anonymous("customer") : world.Find("desk1");
        DateTimeOffset from = world.Moment();
        CustomerRequest request = new(
            kinds[(int)(kinds.Length * Chance.Share(world.Seed, key, "kind"))], ChaosSetup.PlaceOf(world.Seed, key), "1 River Road", new Contact("Customer", "+86 21 5555 0101", "en"),
            new Device("Sony", "One", null), $"chaos {key}", byPost ? "mailIn" : "doorToDoor", byPost ? null : new Period(from, from.AddHours(8)));
        if (await world.Send(by, "v1/jobs", request, key) is not ApiResult<JsonElement>.Ok { Value: var job })
            return;
        string id = job.GetProperty("id").GetString()!, token = job.GetProperty("trackingToken").GetString()!;
        world.Board.Track(id, token);
        double mind = Chance.Share(world.Seed, key, "mind");
        if (mind > 0.12)
            return;
        await world.Pause(TimeSpan.FromSeconds(3 * Chance.Share(world.Seed, key, "thinks")));
        Person customer = world.Anonymous("customer");
        if (mind < 0.06)
            await world.Send(customer, $"v1/track/{token}/cancel", new CancelRequest($"no need any more {key}"), key + "-cancel");
        else if (!byPost)
        {
            DateTimeOffset later = world.Moment().AddMinutes(30);
            await world.Send(customer, $"v1/track/{token}/reschedule", new RescheduleRequest([new Period(later, later.AddHours(6))]), key + "-reschedule");
        }
    }
}
