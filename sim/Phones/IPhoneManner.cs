using System.Text.Json;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Phones;

/// <summary>How the person holding the phone behaves. Must answer the same for the same job and epoch, because a phone that starts again asks again.</summary>
public interface IPhoneManner
{
    /// <summary>Begin with what the server says the technician is committed to, instead of with the first event there ever was.</summary>
    bool Resumes { get; }

    /// <summary>Real time between two positions while moving.</summary>
    TimeSpan PositionEvery { get; }

    /// <summary>The map's number for an offered job; it may take a while to become known.</summary>
    /// <param name="view">The job as the offer shows it, where it does.</param>
    Task<int> NodeOf(string job, JsonElement? view, CancellationToken cancellation);

    /// <summary>The map's number for a place that is no job.</summary>
    int NodeOf(Place place);

    /// <summary>What the technician does with an offer that can be made.</summary>
    OfferAnswer Answer(string job, long epoch);

    /// <summary>How the repair ends: <c>repaired</c> or <c>not_repaired</c>.</summary>
    string OutcomeOf(string job);
}

/// <param name="After">Real time until the answer, for yes and no alike.</param>
/// <param name="Reason">The code to decline with; null accepts.</param>
/// <param name="Ignored">The phone stays in the pocket: no answer at all.</param>
public readonly record struct OfferAnswer(TimeSpan After, string? Reason = null, bool Ignored = false);
