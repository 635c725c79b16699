namespace Dispatch.Api.Streams.Live;

/// <summary>The way to one viewer. A task ends when the connection has taken the message, which for a slow one may be late.</summary>
internal interface IViewerLink
{
    Task Events(string stream, IReadOnlyList<RawJson> events);

    Task Head(string stream, long seq);

    /// <param name="topic">A zone id; for a tracking token the name of the job's stream.</param>
    Task Positions(string topic, IReadOnlyList<PositionView> positions);
}
