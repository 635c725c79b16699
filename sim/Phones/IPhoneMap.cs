using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Phones;

/// <summary>
/// What a phone knows of the places it is sent to. Places are numbers: 0 the depot, the rest as the map gives them out. What is answered for a number never changes, because
/// a phone's times follow from it.
/// </summary>
public interface IPhoneMap
{
    PlanePoint At(int node);

    /// <summary>Work may begin from here; for a technician's home the start of the shift.</summary>
    DayTime Opens(int node);

    /// <summary>Work may begin until here; for a technician's home the end of the shift.</summary>
    DayTime Closes(int node);

    /// <summary>How long the work there takes, in time units.</summary>
    double Service(int node);

    /// <summary>How long the way takes for somebody who sets off then, in time units.</summary>
    double Travel(int from, int to, DayTime depart);

    /// <summary>Where somebody is who has that part of the way behind them.</summary>
    /// <param name="part">From 0 to 1, of the time the way takes.</param>
    PlanePoint Between(int from, int to, double part);
}
