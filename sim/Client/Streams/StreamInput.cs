namespace Dispatch.Sim.Client.Streams;

/// <summary>What a stream client can learn.</summary>
public abstract record StreamInput
{
    /// <summary>The owner wants this stream, having seen everything up to <paramref name="After"/>; null: begin with a snapshot.</summary>
    public sealed record Follow(string Stream, long? After) : StreamInput;

    public sealed record Unfollow(string Stream) : StreamInput;

    public sealed record Connected : StreamInput;

    public sealed record Disconnected : StreamInput;

    /// <summary>Only time has passed.</summary>
    public sealed record Tick : StreamInput;

    /// <summary><c>Subscribe</c> answered, on the present connection.</summary>
    public sealed record Subscribed(string Stream, long Head) : StreamInput;

    public sealed record SubscribeFailed(string Stream) : StreamInput;

    /// <summary>The server pushed events.</summary>
    public sealed record Pushed(string Stream, IReadOnlyList<StreamEvent> Events) : StreamInput;

    /// <summary>The server said how far the stream goes.</summary>
    public sealed record Headed(string Stream, long Seq) : StreamInput;

    public sealed record Fetched(string Stream, IReadOnlyList<StreamEvent> Events, long Head) : StreamInput;

    public sealed record FetchFailed(string Stream) : StreamInput;

    public sealed record SnapshotTaken(string Stream, long Seq) : StreamInput;

    public sealed record SnapshotFailed(string Stream) : StreamInput;
}

/// <summary>What is to be done about it, in order. Attempts count from 0; the shell waits before a higher one.</summary>
public abstract record StreamEffect
{
    public sealed record Subscribe(string Stream, long After, int Attempt) : StreamEffect;

    public sealed record Unsubscribe(string Stream) : StreamEffect;

    /// <summary>Ask over HTTP for the events after that number.</summary>
    public sealed record Fetch(string Stream, long After, int Attempt) : StreamEffect;

    public sealed record TakeSnapshot(string Stream, int Attempt) : StreamEffect;

    /// <summary>The next events of the stream, each exactly once and in order.</summary>
    public sealed record Apply(string Stream, IReadOnlyList<StreamEvent> Events) : StreamEffect;

    /// <summary>The snapshot the shell holds takes the place of everything known.</summary>
    public sealed record Replace(string Stream, long Seq) : StreamEffect;

    /// <summary>What to show of the connection, and since when on the client's own clock.</summary>
    public sealed record Show(LinkState State, long SinceMs) : StreamEffect;
}

/// <summary>How current a client is: everything subscribed and no gap open; connected but missing something; just cut off; cut off for long.</summary>
public enum LinkState { Live, CatchingUp, Reconnecting, Offline }

/// <summary>Numbers the contract leaves to the client, but for the first.</summary>
/// <param name="SnapshotBehind">Further behind than so many events, a snapshot is taken.</param>
/// <param name="Held">Events beyond a gap that are kept until it is closed.</param>
/// <param name="OfflineAfterMs">Milliseconds without a connection until that is shown as offline.</param>
/// <param name="EmptyFetches">Fetches in a row that do not move before a snapshot is taken instead.</param>
public sealed record StreamLimits(long SnapshotBehind, int Held, long OfflineAfterMs, int EmptyFetches)
{
    public static StreamLimits Standard { get; } = new(5000, 1000, 15_000, 3);
}
