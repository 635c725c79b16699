namespace Dispatch.Domain.Geo;

/// <summary>
/// Travel on a flat map at constant speed: Euclidean distance between offsets from a map point. Milliseconds are rounded up, so that a plan never
/// counts on time the plane does not give; plane points whose distance is a whole number of milliseconds keep it exactly.
/// </summary>
public sealed class PlanarTravel(Place origin, double metresPerSecond) : ITravel
{
    private readonly PlanarFrame frame = new(origin);
    private readonly double millisecondsPerMetre = metresPerSecond > 0
        ? 1000 / metresPerSecond
        : throw new ArgumentOutOfRangeException(nameof(metresPerSecond), metresPerSecond, "Speed must be above 0.");

    public bool IsSymmetric => true;

    public TravelLeg Leg(Place from, Place to, DateTimeOffset departure)
    {
        var metres = frame.ToPlane(from).DistanceTo(frame.ToPlane(to));
        return new TravelLeg((long)Math.Ceiling(metres * millisecondsPerMetre), (long)Math.Round(metres));
    }
}
