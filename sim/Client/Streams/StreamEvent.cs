using System.Text.Json;

namespace Dispatch.Sim.Client.Streams;

/// <summary>One event of a stream, as HTTP and the hub both deliver it.</summary>
/// <param name="Seq">1, 2, 3 … in its stream, without gaps.</param>
/// <param name="Source">With <paramref name="Number"/> the event's name for good, the same in every stream it is part of.</param>
/// <param name="Data">Depends on the type; see the event types of the contract.</param>
public sealed record StreamEvent(long Seq, string Type, DateTimeOffset At, string Source, long Number, JsonElement Data);

/// <summary><c>GET …/events</c>.</summary>
public sealed record EventPage(string Stream, IReadOnlyList<StreamEvent> Events, long Head);

/// <summary>What <c>Subscribe</c> returns.</summary>
public sealed record StreamHead(string Stream, long Head);

/// <summary><c>GET …/snapshot</c>, whose content is for whoever shows it.</summary>
public sealed record StreamSnapshot(string Stream, long Seq, JsonElement Jobs, JsonElement Technicians, JsonElement Positions);
