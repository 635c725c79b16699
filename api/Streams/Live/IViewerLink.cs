namespace Dispatch.Api.Streams.Live;

/// <summary>The way to one viewer. A task ends when the connection has taken the message, which for a slow one may be late.</summary>
internal interface IViewerLink
{
    Task Events(string stream, IReadOnlyList<RawJson> events);

    Task Head(string stream, long seq);

    /// <summary>Nothing more comes of this stream; a code of docs/refusals.md says why.</summary>
    Task Ended(string stream, string code);

    /// <param name="topic">A zone id; for a tracking token the name of the job's stream.</param>
    Task Positions(string topic, IReadOnlyList<PositionView> positions);
}
