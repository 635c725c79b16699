using System.ComponentModel.DataAnnotations;
using Dispatch.Domain.Jobs.Links;

namespace Dispatch.Api.Tracking;

/// <summary>Figures of tracking links. Section <c>Dispatch:Tracking</c>.</summary>
public sealed class TrackingOptions
{
    /// <summary>How long a link is good for after its job has closed or was cancelled, by the server's clock; a contact's token after the contact. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan EndsAfter { get; set; } = LinkRules.Standard.EndsAfter;

    public LinkRules ToRules() => new(EndsAfter);
}
