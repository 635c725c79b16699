using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.City.Plan;

/// <summary>Who works when. Follows from the seed and the date alone, so that it is the same after a restart.</summary>
public static class Roster
{
    /// <summary>The shift of that day by the city's clock, or null for a day off.</summary>
    /// <param name="midnight">The beginning of the day.</param>
    public static Period? ShiftOn(int seed, TechnicianPlan technician, DateTimeOffset midnight)
    {
        int day = DateOnly.FromDateTime(midnight.DateTime).DayNumber;
        (double From, double To)? hours = technician.Engagement switch
        {
            Engagement.FullTime when (day + technician.Number) % 7 != 0 => Chance.Share(seed, "pattern", technician.User) switch
            {
                < 0.55 => (8.0, 17.0),
                < 0.80 => (9.0, 18.0),
                _ => (12.5, 21.5),
            },
            Engagement.SpareTime when Chance.Share(seed, "spare", technician.User, day) is var share && share < 0.7 => share switch
            {
                < 0.08 => (8.5, 11.5),
                < 0.35 => (17.5, 20.5),
                < 0.60 => (18.0, 22.0),
                _ => (19.0, 22.5),
            },
            _ => null,
        };
        return hours is { } h ? new Period(midnight.AddHours(h.From), midnight.AddHours(h.To)) : null;
    }

    /// <summary>The shift that lasts now, or else the next one.</summary>
    public static Period Next(int seed, TechnicianPlan technician, DateTimeOffset midnight, DateTimeOffset now)
    {
        for (int day = 0; day < 60; day++)
            if (ShiftOn(seed, technician, midnight.AddDays(day)) is { } shift && shift.To > now)
                return shift;
        throw new InvalidOperationException($"{technician.User} never works.");
    }
}
