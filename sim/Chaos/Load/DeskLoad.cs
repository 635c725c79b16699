using System.Text.Json;
using Dispatch.Sim.City;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Chaos.Load;

/// <summary>A dispatcher who never rests: offers to several at once, takes jobs back, calls them off, books benches by hand, beside the planner and the other dispatcher, often for the very same job.</summary>
public sealed class DeskLoad(ChaosWorld world, string user)
{
    private sealed record OfferRequest(IReadOnlyList<string> TechnicianIds, string DepartAt);

    private sealed record ReassignRequest(string? TechnicianId, string Reason, long? Version);

    private sealed record BookRequest(string PointId, string? BenchDay);

    public Task Live() => world.Until(i =>
    {
        world.Errand(() => Act(i));
        return Task.CompletedTask;
    }, i => TimeSpan.FromSeconds(0.25 * Chance.Share(world.Seed, user, i, "pause")));

    private async Task Act(int i)
    {
        // Both desks draw the same number now and then, and so reach for the same job.
        string hand = Chance.Share(world.Seed, "same", i) < 0.3 ? "desk" : user;
        double Share(string what) => Chance.Share(world.Seed, hand, i, what);
        double what = Share("what");
        string key = FormattableString.Invariant($"{user}-{i}-");
        Person me = world.Find(user);
        // Nobody else ever says so many seconds.
        if (Pick(c => c.Status == "requested", Share("which")) is { } unknown)
            await world.Send(me, $"v1/jobs/{unknown.Id}/triage", new Needs([], [], [], 600 + 2 * i + user[^1] % 2), key + "triage");
        else if (what < 0.40 && Pick(c => c is { Status: "queued", Mode: "doorToDoor" }, Share("which")) is { } queued)
            await world.Send(me, $"v1/jobs/{queued.Id}/offer", new OfferRequest([.. world.Technicians.Select(t => t.Id).OrderBy(t => Chance.Hash(world.Seed, hand, i, t)).Take(1 + (int)(4 * Share("many")))], ChaosWorld.Wire(world.Moment().AddSeconds(5))), key + "offer");
        else if (what < 0.55 && Pick(c => c is { Status: "offered" or "accepted" or "enRoute", Mode: "doorToDoor" }, Share("which")) is { } had)
            await world.Send(me, $"v1/jobs/{had.Id}/reassign", new ReassignRequest(Share("to") < 0.4 ? world.Technicians[(int)(world.Technicians.Count * Share("whom"))].Id : null, "taken back " + key, Share("version") < 0.3 ? had.Version : null), key + "reassign");
        else if (what < 0.60 && Pick(_ => true, Share("which")) is { } any)
            await world.Send(me, $"v1/jobs/{any.Id}/cancel", new CancelRequest("called off " + key), key + "cancel");
        else if (what < 0.85 && Pick(c => c is { Status: "queued", Mode: "mailIn" }, Share("which")) is { } parcel)
            await world.Send(me, $"v1/jobs/{parcel.Id}/book", new BookRequest(world.Points[(int)(world.Points.Count * Share("point"))], Share("day") < 0.5 ? Day(2 + (int)(3 * Share("ahead"))) : null), key + "book");
        else if (what < 0.88 && Pick(c => c is { Status: "booked", Mode: "mailIn" }, Share("which")) is { } booked)
            await world.Send(me, $"v1/jobs/{booked.Id}/reassign", new ReassignRequest(null, "booked elsewhere " + key, null), key + "reassign");
        else if (Pick(_ => true, Share("which")) is { } looked)
            await me.Patient.Get<JsonElement>("v1/jobs/" + looked.Id, world.Life);
    }

    private JobCard? Pick(Func<JobCard, bool> which, double share) => world.Board.Where(which) is { Count: > 0 } some ? some[(int)(some.Count * share)] : null;

    private string Day(int ahead) => world.Time.GetUtcNow().AddHours(8).AddDays(ahead).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
