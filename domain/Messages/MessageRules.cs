namespace Dispatch.Domain.Messages;

/// <summary>Figures of trying again and of asking.</summary>
/// <param name="MostTries">After so many failed tries of a round it has failed.</param>
/// <param name="FirstPause">Before the second try; each further pause is twice as long, up to <paramref name="LongestPause"/>.</param>
/// <param name="AskAfter">How long a gateway may keep silent before it is asked; each further pause is twice as long.</param>
/// <param name="MostAsks">After so many asks without news the message stays as sent.</param>
public sealed record MessageRules(int MostTries, TimeSpan FirstPause, TimeSpan LongestPause, TimeSpan AskAfter, int MostAsks)
{
    public static MessageRules Standard { get; } = new(5, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(2), 10);

    /// <summary>The pause after the n-th failed try, n from 1.</summary>
    public TimeSpan PauseAfterTry(int n) => Doubled(FirstPause, n - 1) is var pause && pause < LongestPause ? pause : LongestPause;

    /// <summary>The pause after the n-th ask without news; after the sending itself n is 0.</summary>
    public TimeSpan PauseAfterAsk(int n) => Doubled(AskAfter, n);

    private static TimeSpan Doubled(TimeSpan pause, int times) => pause * (1L << Math.Clamp(times, 0, 20));
}
