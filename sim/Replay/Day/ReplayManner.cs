using System.Text.Json;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Phones;

namespace Dispatch.Sim.Replay.Day;

/// <summary>The technicians of a benchmark: they say yes at once and repair everything. Jobs are known by the requests of the instance.</summary>
public sealed class ReplayManner(JobDirectory jobs, double speed, TimeProvider time) : IPhoneManner
{
    private static readonly TimeSpan NodeLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortestPositionPause = TimeSpan.FromMilliseconds(500);

    public bool Resumes => false;

    /// <summary>About once a second of the server's clock, but no more than twice a second of ours.</summary>
    public TimeSpan PositionEvery { get; } = TimeSpan.FromSeconds(Math.Max(ShortestPositionPause.TotalSeconds, 1 / speed));

    public Task<int> NodeOf(string job, JsonElement? view, CancellationToken cancellation) => jobs.NodeOf(job, NodeLimit, time, cancellation);

    public int NodeOf(Place place) => throw new InvalidOperationException("A replay begins with the first event and never resumes.");

    public OfferAnswer Answer(string job, long epoch) => default;

    public string OutcomeOf(string job) => "repaired";
}
