namespace Dispatch.Domain.Technicians.Positions;

/// <summary>Which reports of a device's place are believed.</summary>
/// <param name="ClockAhead">How far a device's clock may be ahead of ours before its report is refused.</param>
public sealed record PositionRules(TimeSpan ClockAhead)
{
    public static PositionRules Standard { get; } = new(Jobs.JobRules.Standard.DeviceClockAhead);

    /// <summary>A fix that may be further off than this says nothing of where in a city somebody is. Default 2 km, a cell of the mobile network in town.</summary>
    public double WorstAccuracyMetres { get; init; } = 2_000;

    /// <summary>Faster than this nobody drives. Default 100 m/s, a little more than the fastest train.</summary>
    public double FastestMetresPerSecond { get; init; } = 100;

    /// <summary>Jumps up to this length are noise of the receiver, for example between tall buildings. Default 500 m.</summary>
    public double NoiseMetres { get; init; } = 500;

    /// <summary>Metres around longitude 0, latitude 0 that no report comes from: receivers without a fix say that place. Default 1 km.</summary>
    public double NullIslandMetres { get; init; } = 1_000;
}
