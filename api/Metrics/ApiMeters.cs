using System.Diagnostics.Metrics;

namespace Dispatch.Api.Metrics;

/// <summary>What this edge counts about itself, beside what the framework counts about requests.</summary>
internal static class ApiMeters
{
    public const string Name = "Dispatch.Api";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> SignIns = Meter.CreateCounter<long>("dispatch.sign_ins", description: "Tries to sign in, by result");
    private static readonly Counter<long> RefusedRequests = Meter.CreateCounter<long>("dispatch.refusals", description: "Problems answered, by code");
    private static readonly Counter<long> PushedEvents = Meter.CreateCounter<long>("dispatch.events_pushed", description: "Events handed to viewers' connections");
    private static readonly Counter<long> PushedPositions = Meter.CreateCounter<long>("dispatch.positions_pushed", description: "Positions handed to viewers' connections");
    private static readonly Counter<long> Gaps = Meter.CreateCounter<long>("dispatch.relay_gaps", description: "Times a stream was read from the store because a push was missing");
    private static readonly Counter<long> Resyncs = Meter.CreateCounter<long>("dispatch.viewer_resyncs", description: "Times a slow viewer was told to fetch for itself");
    private static readonly Counter<long> Unreadable = Meter.CreateCounter<long>("dispatch.unreadable_rows", description: "Stored rows left out of a list because they cannot be read, by kind");
    private static readonly UpDownCounter<long> Viewers = Meter.CreateUpDownCounter<long>("dispatch.hub_connections", description: "Open hub connections");
    private static readonly UpDownCounter<long> Streams = Meter.CreateUpDownCounter<long>("dispatch.streams_watched", description: "Streams this host watches for its viewers");

    public static void SignIn(string result) => SignIns.Add(1, new KeyValuePair<string, object?>("result", result));
    public static void Refused(string code) => RefusedRequests.Add(1, new KeyValuePair<string, object?>("code", code));
    public static void EventsPushed(int count) => PushedEvents.Add(count);
    public static void PositionsPushed(int count) => PushedPositions.Add(count);
    public static void GapRead() => Gaps.Add(1);
    public static void UnreadableRow(string kind) => Unreadable.Add(1, new KeyValuePair<string, object?>("kind", kind));
    public static void Resync() => Resyncs.Add(1);
    public static void ViewerCame() => Viewers.Add(1);
    public static void ViewerLeft() => Viewers.Add(-1);
    public static void StreamWatched() => Streams.Add(1);
    public static void StreamDropped() => Streams.Add(-1);
}
