using System.Text.Json;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Clock;
using Dispatch.Sim.Phones;

namespace Dispatch.Sim.City.People;

/// <summary>How the city's technicians behave: they look at the phone after some seconds and mostly say yes.</summary>
public sealed class TechnicianManner(int seed, string user, TechnicianMap map, ApiClient api, ServerClock clock) : IPhoneManner
{
    private const double Declined = 0.03, Overlooked = 0.015, NotRepaired = 0.04;
    private static readonly string[] Reasons = ["too_far", "no_time", "no_part", "other"];

    public bool Resumes => true;

    /// <summary>Once a second where the server's clock is fast, because nobody sees more; every five seconds of the server's clock otherwise, as a phone would to save its battery.</summary>
    public TimeSpan PositionEvery { get; } = TimeSpan.FromSeconds(Math.Max(1, 5 / clock.Speed));

    public async Task<int> NodeOf(string job, JsonElement? view, CancellationToken cancellation) => map.NodeOf(
        (view is { } given ? TechnicianMap.Read(given) : null) is { Place: not null } seen ? seen : (await api.Get<JobView>("v1/jobs/" + job, cancellation)).Must(job), clock.Now);

    public int NodeOf(Place place) => map.NodeOf(place);

    public OfferAnswer Answer(string job, long epoch)
    {
        Random random = Chance.Of(seed, "answer", user, job, epoch);
        TimeSpan after = TimeSpan.FromSeconds(1.5 + 5 * random.NextDouble());
        return random.NextDouble() switch
        {
            < Declined => new OfferAnswer(after, random.Pick(Reasons)),
            < Declined + Overlooked => new OfferAnswer(after, Ignored: true),
            _ => new OfferAnswer(after),
        };
    }

    public string OutcomeOf(string job) => Chance.Share(seed, "outcome", job) < NotRepaired ? "not_repaired" : "repaired";
}
