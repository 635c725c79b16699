using System.ComponentModel.DataAnnotations;
using Dispatch.Domain.Messages;

namespace Dispatch.Grains.Messages;

/// <summary>Figures of sending messages to customers.</summary>
public sealed class MessageOptions
{
    /// <summary>Failed tries after which a message has failed. Default 5.</summary>
    [Range(1, 20)]
    public int MostTries { get; set; } = MessageRules.Standard.MostTries;

    /// <summary>Pause before the second try; each further one is twice as long. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan FirstPause { get; set; } = MessageRules.Standard.FirstPause;

    /// <summary>No pause between tries is longer. Default 30 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = MessageRules.Standard.LongestPause;

    /// <summary>How long a gateway may keep silent about a message it has taken before it is asked; each further pause is twice as long. Default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan AskAfter { get; set; } = MessageRules.Standard.AskAfter;

    /// <summary>Asks without news after which a message stays as sent. Default 10, which is about a day and a half.</summary>
    [Range(1, 20)]
    public int MostAsks { get; set; } = MessageRules.Standard.MostAsks;

    /// <summary>How long one try or question may take before it counts as unanswered. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan GatewayPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its due time the sweep wakes a message, so that the message itself comes first in health. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan SweepGrace { get; set; } = TimeSpan.FromSeconds(2);

    /// <param name="stretch">Makes a length of process time one of business time, in which due times are kept: a gateway is no faster because the demo's clock is.</param>
    public MessageRules ToRules(Func<TimeSpan, TimeSpan> stretch) => new(MostTries, stretch(FirstPause), stretch(LongestPause), stretch(AskAfter), MostAsks);
}
