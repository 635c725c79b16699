using System.Collections.Concurrent;
using System.Text.Json;
using Dispatch.Sim.City;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Streams;

namespace Dispatch.Sim.Chaos.Load;

/// <summary>One technician's phone: hears of offers by its own stream, accepts, declines or lets them pass, and reports each step of the work. Quicker than people, so that there is always something half done.</summary>
public sealed class TechnicianLoad(ChaosWorld world, Crew me)
{
    private static readonly string[] Steps = ["depart", "arrive", "repair", "sign", "close"], Reasons = ["too_far", "no_part", "no_time", "other"];

    private readonly ConcurrentDictionary<(string Job, long Epoch), bool> answered = new();

    /// <summary>Told by the watcher of the technician's own stream.</summary>
    public void Heard(StreamEvent e)
    {
        if (e.Type != "job.offered" || world.IsClosing)
            return;
        string job = e.Data.GetProperty("jobId").GetString()!;
        long epoch = e.Data.GetProperty("epoch").GetInt64();
        if (answered.TryAdd((job, epoch), true))
            world.Errand(() => Answer(job, epoch));
    }

    private async Task Answer(string job, long epoch)
    {
        double Share(string what) => Chance.Share(world.Seed, me.Person.User, job, epoch, what);
        await world.Pause(TimeSpan.FromSeconds(0.4 * Share("looks")));
        double mind = Share("answer");
        string key = FormattableString.Invariant($"{job}-{epoch}-");
        if (mind < 0.10)
            return;
        if (mind < 0.22)
        {
            await world.Send(me.Person, $"v1/jobs/{job}/decline", new DeclineRequest(epoch, Reasons[(int)(Reasons.Length * Share("reason"))]), key + "decline");
            return;
        }
        if (await world.Send(me.Person, $"v1/jobs/{job}/accept", new EpochRequest(epoch), key + "accept") is not ApiResult<JsonElement>.Ok)
            return;
        // Some stop on the way and are never heard of again.
        int upTo = Share("persists") < 0.12 ? (int)(Steps.Length * Share("stops")) : Steps.Length;
        foreach (string step in Steps.Take(upTo))
        {
            await world.Pause(TimeSpan.FromSeconds(0.8 * Share(step + "-takes")));
            if (world.IsClosing || !await Report(job, epoch, step, key + step))
                return;
        }
    }

    /// <summary>Goes on where no answer came, as people do: the step may have counted.</summary>
    private async Task<bool> Report(string job, long epoch, string step, string key)
    {
        string at = ChaosWorld.Wire(world.Moment());
        StepRequest body = step switch
        {
            "repair" => new StepRequest(epoch, at, Outcome: "repaired"),
            "sign" => new StepRequest(epoch, at, SignedBy: "Customer"),
            _ => new StepRequest(epoch, at),
        };
        return await world.Send(me.Person, $"v1/jobs/{job}/{step}", body, key) is not ApiResult<JsonElement>.Refused;
    }
}
