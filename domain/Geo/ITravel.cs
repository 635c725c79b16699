namespace Dispatch.Domain.Geo;

/// <summary>
/// The travel port: how long it takes to get from one place to another. Implementations are pure and answer at once;
/// one that asks a road router fetches its table before planning starts.
/// </summary>
public interface ITravel
{
    /// <summary>
    /// The leg between two places for somebody who sets off at <paramref name="departure"/>. The same arguments give
    /// the same leg. Equal places give a leg of zero. Where no way exists the answer is <see cref="TravelLeg.Unreachable"/>.
    /// </summary>
    TravelLeg Leg(Place from, Place to, DateTimeOffset departure);

    /// <summary>Whether the way back always takes as long as the way there, at the same departure. Tables are then filled in half the time.</summary>
    bool IsSymmetric => false;
}
