namespace Dispatch.Instances;

/// <summary>
/// What numbers of a benchmark file may be. Beyond these the solver's numbers of 32 bits could not tell a long way from none.
/// </summary>
public static class InstanceRanges
{
    /// <summary>Coordinates, to either side of zero.</summary>
    public const double Coordinate = 1_000_000;

    /// <summary>
    /// Times and durations of routing instances, in time units, from 0. What does not fit at the finest resolution is reckoned more
    /// coarsely.
    /// </summary>
    public const double Time = 1_000_000;

    /// <summary>
    /// Times and durations of technician routing instances, in time units, from 0: their days are always reckoned at the finest resolution.
    /// </summary>
    public const double DayTime = 10_000;

    /// <summary>Demand of a customer, and units of a part.</summary>
    public const int Units = 1_000_000;

    /// <summary>What a vehicle carries.</summary>
    public const int Capacity = 1_000_000_000;

    /// <summary>Vehicles; as many as there are customers are put to use at most.</summary>
    public const int Vehicles = 1_000_000;

    /// <summary>Customers, or rows of a technician routing instance.</summary>
    public const int Rows = 10_000;

    /// <summary>Kinds of skills, tools or parts.</summary>
    public const int Kinds = 1_000;
}
