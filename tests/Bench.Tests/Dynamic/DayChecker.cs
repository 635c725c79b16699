using Dispatch.Bench.Dynamic;
using Dispatch.Instances;

namespace Bench.Tests.Dynamic;

/// <summary>Judges a day from the instance's own rows, in time units and without anything the simulator uses.</summary>
internal static class DayChecker
{
    private const double Rounding = 1e-4;

    /// <summary>The first broken rule, or null.</summary>
    public static string? FirstBrokenRule(TrspInstance instance, IReadOnlyDictionary<int, double> releases, DayRecord record)
    {
        int[] told = [.. record.Stops.SelectMany(stops => stops).Select(stop => stop.Node).Where(node => node != 0), .. record.NotServed];
        if (!told.Order().SequenceEqual(instance.Rows.Skip(instance.Crew + 1).Select(row => row.Id)))
            return "not every request exactly once";

        return record.Stops.Select((stops, t) => FirstBrokenRule(instance, releases, instance.Rows[t + 1], stops)).FirstOrDefault(broken => broken is not null);
    }

    private static string? FirstBrokenRule(
        TrspInstance instance, IReadOnlyDictionary<int, double> releases, TrspRow home, IReadOnlyList<DayStop> stops)
    {
        (TrspRow here, double free, bool depot) = (home, home.Opens, false);
        int[] stock = [.. home.Parts];
        foreach (DayStop stop in stops)
        {
            TrspRow row = instance.Rows[stop.Node];
            (double decided, double depart, double start) = (Units(stop.Decided), Units(stop.Depart), Units(stop.Start));
            if (stop.Node != 0 && decided < releases[stop.Node] - Rounding)
                return "decided before it was known";
            if (depart < decided - Rounding || depart < free - Rounding)
                return "set off before decided or free";
            if (start < depart + Math.Sqrt(Math.Pow(here.X - row.X, 2) + Math.Pow(here.Y - row.Y, 2)) - Rounding)
                return "begun before arrival";
            if (start < row.Opens - Rounding || start > row.Closes + Rounding)
                return "begun outside the window";
            if (stop.Node == 0 && depot)
                return "second depot call";

            depot |= stop.Node == 0;
            if (row.Skills.Except(home.Skills).Any())
                return "lacks a skill";
            if (!depot && row.Tools.Except(home.Tools).Any())
                return "lacks a tool";
            for (int part = 0; stop.Node != 0 && !depot && part < stock.Length; part++)
            {
                stock[part] -= row.Parts[part];
                if (stock[part] < 0)
                    return "out of a part";
            }

            (here, free) = (row, start + row.Service);
        }

        double wayHome = Math.Sqrt(Math.Pow(here.X - home.X, 2) + Math.Pow(here.Y - home.Y, 2));
        return stops.Count > 0 && free + wayHome > home.Closes + Rounding ? "home after the shift" : null;
    }

    private static double Units(long ticks) => (double)ticks / DayInstance.TicksPerUnit;
}
