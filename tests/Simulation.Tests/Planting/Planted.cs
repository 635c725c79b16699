using Dispatch.Simulator;

namespace Dispatch.Simulation.Tests;

/// <summary>
/// Bugs that exist only here, to see that the judges find them: each is put between production code and what it stands on, as a careless version of it would behave.
/// </summary>
[Flags]
public enum Planted : long
{
    None = 0,

    /// <summary>A technician's answer counts under whatever epoch the job is in.</summary>
    NoEpochCheckAtJob = 1,

    /// <summary>The store no longer compares versions.</summary>
    NoCompareAndSet = 1 << 1,

    /// <summary>A conflict is answered by reading the version and writing again what was decided on the old state.</summary>
    WriteAgainOverConflict = 1 << 2,

    /// <summary>A failed write is taken for done.</summary>
    FailureSwallowed = 1 << 3,

    /// <summary>The reply goes out before the write is durable, and the host dies.</summary>
    ReplyBeforeWrite = 1 << 4,

    /// <summary>Nothing is synced before it is acknowledged, and the power fails.</summary>
    NoSync = 1 << 5,

    /// <summary>Operations are not kept with the state.</summary>
    OperationForgotten = 1 << 6,

    /// <summary>A repetition is answered with the job as it was told, under the next epoch.</summary>
    RepetitionAnsweredAnew = 1 << 7,

    /// <summary>What was drained is appended again.</summary>
    OutboxDrainedTwice = 1 << 8,

    /// <summary>Events of one drain are appended last first.</summary>
    OutboxOutOfOrder = 1 << 9,

    /// <summary>The outbox is kept in memory and not with the state.</summary>
    OutboxNotStored = 1 << 10,

    /// <summary>An offer may be accepted a second after its end: the stored expiry is one off.</summary>
    ExpiryOffByOne = 1 << 11,

    /// <summary>The stored record does not ask to be woken.</summary>
    DueTimeForgotten = 1 << 12,

    /// <summary>The ledger's no to an acceptance is taken for a yes.</summary>
    LedgerNotAsked = 1 << 13,

    /// <summary>A change of plan is committed and its technicians are not told.</summary>
    HalfACommit = 1 << 14,

    /// <summary>A day of the bench takes one device more than it has places.</summary>
    OneBenchTooMany = 1 << 15,

    /// <summary>Nobody tells the ledger that a job let go.</summary>
    ReleaseNotTold = 1 << 16,

    /// <summary>A message tried again reaches the phone again.</summary>
    GatewayRepeats = 1 << 17,

    /// <summary>A snapshot says one number more than it holds.</summary>
    SnapshotNumberTooHigh = 1 << 18,

    /// <summary>A client takes what comes as the next.</summary>
    GapNotNoticed = 1 << 19,

    /// <summary>Nobody tells the bench that a device goes back as it is.</summary>
    UnrepairedNotReleased = 1 << 20,

    /// <summary>When a job wants to be woken is stored by the clock of the process.</summary>
    DueOnProcessTime = 1 << 21,

    /// <summary>When an outbox may be left behind is stored by the clock of business.</summary>
    DrainOnBusinessTime = 1 << 22,
}

internal static class PlantedBugs
{
    public static IEnumerable<Planted> All => Enum.GetValues<Planted>().Where(bug => bug != Planted.None);

    /// <summary>Those that the store itself has switches for.</summary>
    public static Simulator.StorageFault StorageFault(this Planted planted) => planted switch
    {
        Planted.NoCompareAndSet => Simulator.StorageFault.DropCompareAndSet,
        Planted.ReplyBeforeWrite => Simulator.StorageFault.AcknowledgeBeforeDurable,
        Planted.NoSync => Simulator.StorageFault.NoSync,
        _ => Simulator.StorageFault.None,
    };
}
