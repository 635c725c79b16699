namespace Dispatch.Domain.Intents;

/// <summary>Bounds of a change of plan.</summary>
public static class IntentRules
{
    /// <summary>Moves in one change, at most: all of them stand still together until the last one has said yes.</summary>
    public const int MostMoves = 50;

    /// <summary>How long a change may take to be decided; what is asked is brought within these.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Usual = TimeSpan.FromSeconds(20), Longest = TimeSpan.FromMinutes(1);

    /// <summary>How long after that whoever still stands still asks what became of it; they are told sooner where nothing went wrong.</summary>
    public static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(5);

    /// <summary>What is asked, brought within the bounds. Process time: a change of plan waits for messages, which no business clock makes faster.</summary>
    public static TimeSpan Bounded(TimeSpan within) => within < Shortest ? Shortest : within > Longest ? Longest : within;
}
