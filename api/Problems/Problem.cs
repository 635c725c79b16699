using System.Text.Json.Nodes;

namespace Dispatch.Api.Problems;

/// <summary>An error answer (RFC 9457) with its stable code.</summary>
/// <param name="Type">A name for the kind of problem, made of the code.</param>
/// <param name="Title">What the code means; the same for every occurrence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">This occurrence, and what can be done about it.</param>
/// <param name="Code">A row of docs/refusals.md.</param>
/// <param name="Facts">Names and figures behind it.</param>
/// <param name="Current">The present state of the thing, where the refusal is a conflict.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    IReadOnlyDictionary<string, string> Facts,
    JsonNode? Current);
