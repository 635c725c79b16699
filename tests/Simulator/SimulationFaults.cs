namespace Dispatch.Simulator;

/// <summary>
/// What goes wrong, and how often. Rates are probabilities from 0 to 1 at each occasion; all are 0 by default.
/// </summary>
public sealed record SimulationFaults
{
    /// <summary>Nothing goes wrong; turns are still interleaved by the seed.</summary>
    public static SimulationFaults None { get; } = new();

    /// <summary>Every kind: a scenario of a few thousand messages meets each.</summary>
    public static SimulationFaults Mixed { get; } = new()
    {
        RequestLoss = 0.01, ReplyLoss = 0.01, Delay = 0.1, Reordering = 0.05, HostCrash = 0.0005, ActivationCrash = 0.001,
        DuplicateActivation = 0.005, WriteRefused = 0.01, AcknowledgementLost = 0.01, ReadFailed = 0.01,
        ClockSkew = TimeSpan.FromSeconds(5), PowerLoss = 0.00005, StorageOutage = 0.0002,
    };

    /// <summary>Per request: it never arrives. Its caller times out, nothing happened.</summary>
    public double RequestLoss { get; init; }

    /// <summary>Per reply: it never arrives. Its caller times out, although the call took effect.</summary>
    public double ReplyLoss { get; init; }

    /// <summary>Per message: it takes up to <see cref="LongestDelay"/>; those behind it between the same hosts wait for it.</summary>
    public double Delay { get; init; }

    /// <summary>Per message: it takes up to <see cref="LongestDelay"/> and others overtake it.</summary>
    public double Reordering { get; init; }

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Per turn: the host about to run it dies instead, and starts again within <see cref="LongestOutage"/>.</summary>
    public double HostCrash { get; init; }

    public TimeSpan LongestOutage { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Per turn of a grain: that one activation dies instead.</summary>
    public double ActivationCrash { get; init; }

    /// <summary>
    /// Per turn: every host dies at once, and the store forgets what it had not synced; all start again within <see cref="LongestOutage"/>.
    /// </summary>
    public double PowerLoss { get; init; }

    /// <summary>Per request: for up to <see cref="LongestDuplication"/> the grain lives on two hosts, and calls reach either.</summary>
    public double DuplicateActivation { get; init; }

    public TimeSpan LongestDuplication { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Per write or clear: it fails and has not happened.</summary>
    public double WriteRefused { get; init; }

    /// <summary>Per write or clear: it fails although it has happened.</summary>
    public double AcknowledgementLost { get; init; }

    /// <summary>Per read.</summary>
    public double ReadFailed { get; init; }

    /// <summary>
    /// Per write: the store is away for up to <see cref="LongestStorageOutage"/>, in which every operation fails and none has happened.
    /// </summary>
    public double StorageOutage { get; init; }

    public TimeSpan LongestStorageOutage { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an operation of a store takes at most.</summary>
    public TimeSpan LongestStorageTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Each host's clock is off by up to that, either way, anew at each start.</summary>
    public TimeSpan ClockSkew { get; init; }
}
