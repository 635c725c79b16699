using System.Collections.Immutable;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Phones;

/// <summary>What a stop is for: a job, or the numbered call at the depot. One of the two is set.</summary>
public readonly record struct StopId(string? Job, int DepotCall) : IComparable<StopId>
{
    public static StopId OfJob(string job) => new(job, 0);

    public static StopId OfDepot(int call) => new(null, call);

    public bool IsDepot => Job is null;

    public int CompareTo(StopId other) => string.CompareOrdinal(Job, other.Job) is var c and not 0 ? c : DepotCall.CompareTo(other.DepotCall);

    public override string ToString() => Job ?? $"depot call {DepotCall}";
}

/// <summary>A stop that the technician has been told of and has not set off to.</summary>
/// <param name="Epoch">Of the offer; 0 for a depot call.</param>
/// <param name="Planned">When the plan has the technician set off.</param>
/// <param name="Decided">When the server decided it, by its own clock.</param>
/// <param name="Known">When the phone came to know of it; never before <paramref name="Decided"/>.</param>
/// <param name="Confirmed">The acceptance has been acknowledged, or none is needed.</param>
public sealed record Stop(StopId Id, int Node, long Epoch, DayTime Planned, DayTime Decided, DayTime Known, bool Confirmed);

/// <summary>The stop under way. All times are fixed at departure, because nothing can change them any more.</summary>
/// <param name="From">The node set off from, at <paramref name="FreeBefore"/> at the earliest.</param>
/// <param name="ArriveReported">The arrival has been handed to the wire.</param>
/// <param name="DepartAcknowledged">The server knows of the departure.</param>
/// <param name="Revoked">The stop was withdrawn after the phone set off.</param>
public sealed record Leg(
    Stop Stop, int From, DayTime FreeBefore, DayTime Depart, DayTime Arrive, DayTime Start, DayTime Finish,
    bool ArriveReported = false, bool DepartAcknowledged = false, bool Revoked = false);

/// <summary>A stop as it was made. <paramref name="Served"/> is false where the server would not have the work in the end.</summary>
public sealed record Served(StopId Id, int Node, DayTime Decided, DayTime Depart, DayTime Arrive, DayTime Start, DayTime Finish, bool IsServed);

public enum ReportKind { Depart, Arrive, Repair, Sign, Close }

/// <summary>Something that happened at <paramref name="At"/> and that the server is to be told. For a depot call only <c>Depart</c> and <c>Close</c> exist.</summary>
public sealed record Report(ReportKind Kind, StopId Stop, long Epoch, DayTime At);

/// <summary>What the phone counts for the report of the day.</summary>
/// <param name="Withdrawals">Stops taken back before departure.</param>
/// <param name="LostOffers">Acceptances refused: taken by another, expired, stale.</param>
/// <param name="Anomalies">What must not happen: departures refused, stops withdrawn under way, reports refused.</param>
public sealed record PhoneTally(int Offers = 0, int Accepts = 0, int Declines = 0, int Withdrawals = 0, int LostOffers = 0)
{
    public ImmutableArray<string> Anomalies { get; init; } = [];

    public PhoneTally Anomaly(string what) => this with { Anomalies = Anomalies.Add(what) };
}

/// <summary>Everything a phone knows. Immutable; see <see cref="PhoneCore"/> for what moves it.</summary>
public sealed record PhoneState(IPhoneMap Map, int Home)
{
    /// <summary>The node of the last finished stop, or home.</summary>
    public int Place { get; init; } = Home;

    /// <summary>When the technician is, or was, free at <see cref="Place"/>.</summary>
    public DayTime FreeAt { get; init; } = Map.Opens(Home);

    /// <summary>Stops ahead, in planned order of departure.</summary>
    public ImmutableArray<Stop> Ahead { get; init; } = [];

    public Leg? Leg { get; init; }

    /// <summary>When a message made the first stop ahead the first; nothing can be set off to before one knows that it is next.</summary>
    public DayTime NextSince { get; init; } = new(double.NegativeInfinity);

    /// <summary>Told to the server one at a time, in order.</summary>
    public ImmutableList<Report> Unsent { get; init; } = [];

    /// <summary>The first of <see cref="Unsent"/> is on the wire.</summary>
    public bool Sending { get; init; }

    public ImmutableArray<Served> Done { get; init; } = [];

    public DayTime Now { get; init; } = new(double.NegativeInfinity);

    public PhoneTally Tally { get; init; } = new();

    public Stop? Next => Ahead.IsEmpty ? null : Ahead[0];

    /// <summary>Where the technician is, for the map.</summary>
    public PlanePoint At(DayTime time)
    {
        if (Leg is not { } leg || time < leg.Depart)
            return Map.At(Place);
        double way = leg.Arrive - leg.Depart;
        double part = way <= 0 ? 1 : Math.Clamp((time - leg.Depart) / way, 0, 1);
        return Map.Between(leg.From, leg.Stop.Node, part);
    }

    public bool IsMoving(DayTime time) => Leg is { } leg && time >= leg.Depart && time <= leg.Arrive;
}
