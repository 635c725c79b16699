using System.Collections.Immutable;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Phones;

/// <summary>What a phone can learn.</summary>
public abstract record PhoneInput
{
    /// <summary>Only time has passed.</summary>
    public sealed record Tick : PhoneInput;

    /// <param name="Decided">The event's own time.</param>
    /// <param name="Unwilling">The code that the technician declines with although it could be made.</param>
    public sealed record Offered(string Job, int Node, long Epoch, DayTime Planned, DayTime Decided, string? Unwilling = null) : PhoneInput;

    /// <summary>Everything the server says the technician has to do. What the phone holds besides is gone; what it does not know yet is taken up where it stands.</summary>
    /// <param name="Place">Where the last stop ended, at <paramref name="FreeAt"/>.</param>
    public sealed record Resumed(ImmutableArray<ResumedStop> Stops, int Place, DayTime FreeAt) : PhoneInput;

    /// <summary>The server says that this technician has the job.</summary>
    public sealed record Confirmed(string Job, long Epoch) : PhoneInput;

    /// <summary>Withdrawn, cancelled, expired or given to another: whatever this technician held of the job under a lower epoch, or under this one if <paramref name="Inclusive"/>.</summary>
    public sealed record Lost(string Job, long Epoch, bool Inclusive) : PhoneInput;

    /// <summary>An acceptance was refused with that code.</summary>
    public sealed record AcceptRefused(string Job, long Epoch, string Code) : PhoneInput;

    public sealed record DepotOrdered(int Number, DayTime Planned, DayTime Decided) : PhoneInput;

    public sealed record DepotCancelled(int Number) : PhoneInput;

    /// <summary>The first unsent report was taken, or refused with that code.</summary>
    public sealed record ReportAnswered(string? RefusedWith) : PhoneInput;

    /// <summary>What the server says the technician is committed to, asked for at <paramref name="AskedAt"/>.</summary>
    public sealed record ReadAgain(ImmutableArray<(string Job, long Epoch)> Commitments, int? DepotCall, DayTime AskedAt) : PhoneInput;
}

/// <summary>How far a stop has come by the server's account.</summary>
public enum StopProgress { Offered, Accepted, UnderWay, AtWork, Repaired, Signed }

/// <param name="Since">When it came that far.</param>
public sealed record ResumedStop(StopId Id, int Node, long Epoch, DayTime Planned, StopProgress Progress, DayTime Since, string? Unwilling = null);

/// <summary>What the phone does, besides waiting.</summary>
public abstract record PhoneAction
{
    public sealed record Accept(string Job, long Epoch) : PhoneAction;

    public sealed record Decline(string Job, long Epoch, string Reason) : PhoneAction;

    public sealed record Send(Report Report) : PhoneAction;

    /// <summary>Ask the server what this technician is committed to.</summary>
    public sealed record Reread : PhoneAction;
}
