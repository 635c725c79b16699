namespace Dispatch.Sim.Client.Streams;

/// <summary>Where what was not pushed is read from. Throws whatever the transport throws; the caller asks again.</summary>
public interface IStreamSource
{
    /// <summary>Events after that number, ascending, one page.</summary>
    Task<EventPage> Events(string stream, long after, CancellationToken cancellation);

    Task<StreamSnapshot> Snapshot(string stream, CancellationToken cancellation);
}
