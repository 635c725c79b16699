using Dispatch.Sim.Replay.Exports;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Replay.Judging;

/// <summary>
/// Whether a played day keeps the benchmark's rules: nobody qualified less than needed, no tool or part used that was not on board, one depot call at most, windows and
/// shifts kept, nothing decided before it was known or set off to before that, every request served once or listed.
/// </summary>
public static class DayJudge
{
    /// <summary>Time units; what the benchmark's checker allows.</summary>
    private const double Tolerance = 1e-6, StartTolerance = 1e-4;

    /// <returns>One sentence per violation; empty where the day is in order.</returns>
    public static IReadOnlyList<string> Violations(PlayedDay day)
    {
        List<string> found = [];
        for (int k = 0; k < day.Technicians.Length; k++)
        {
            TrspNode home = day.Instance.Technicians[k];
            found.AddRange(Needs(day.Instance, home, [.. day.Technicians[k].Select(s => s.Node)]));
            found.AddRange(Times(day, home, day.Technicians[k]));
        }
        List<int> named = [.. day.Technicians.SelectMany(t => t).Select(s => s.Node).Where(n => n != 0), .. day.NotServed.Select(n => n.Node)];
        found.AddRange(named.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => $"request {g.Key} is served or listed {g.Count()} times"));
        found.AddRange(day.Instance.Requests.Select(r => r.Number).Except(named).Select(n => $"request {n} is neither served nor listed"));
        return found;
    }

    private static IEnumerable<string> Needs(TrspInstance instance, TrspNode home, IReadOnlyList<int> route)
    {
        string who = $"technician {home.Number}";
        int[] stock = [.. home.Parts];
        bool stocked = false;
        if (route.Count(n => n == 0) > 1)
            yield return $"{who}: more than one depot call";
        foreach (int number in route)
        {
            if (number == 0)
            {
                stocked = true;
                continue;
            }
            TrspNode request = instance.Node(number);
            if (request.Skills.Except(home.Skills).Any())
                yield return $"{who}: lacks a skill for {number}";
            if (stocked)
                continue;
            if (request.Tools.Except(home.Tools).Any())
                yield return $"{who}: lacks a tool for {number}";
            for (int p = 0; p < request.Parts.Length; p++)
                if ((stock[p] -= request.Parts[p]) < 0)
                    yield return $"{who}: out of part {p} at {number}";
        }
    }

    private static IEnumerable<string> Times(PlayedDay day, TrspNode home, IReadOnlyList<DrivenStop> stops)
    {
        string who = $"technician {home.Number}";
        (DayTime free, int here) = (home.Opens, home.Number);
        foreach (DrivenStop stop in stops)
        {
            TrspNode node = day.Instance.Node(stop.Node);
            double known = stop.Node == 0 ? 0 : Math.Max(0, day.Releases.GetValueOrDefault(stop.Node));
            // Planning before the day begins is allowed for what is known by then; on the checker's scale that is a decision at 0.
            if (Math.Max(0, stop.Decided.Units) < known - Tolerance)
                yield return $"{who}: {stop.Node} decided at {stop.Decided}, known from {known}";
            if (stop.Depart - stop.Decided < -Tolerance)
                yield return $"{who}: set off to {stop.Node} at {stop.Depart}, decided at {stop.Decided}";
            if (stop.Depart - free < -Tolerance)
                yield return $"{who}: set off to {stop.Node} at {stop.Depart}, free at {free}";
            if (stop.Start - DayTime.Later(stop.Depart + day.Instance.Distance(here, stop.Node), node.Opens) < -StartTolerance)
                yield return $"{who}: {stop.Node} begun at {stop.Start}, before arrival or opening";
            if (stop.Start - node.Closes > Tolerance)
                yield return $"{who}: {stop.Node} begun at {stop.Start}, closes {node.Closes}";
            (free, here) = (stop.Start + (stop.Node == 0 ? 0 : node.Service), stop.Node);
        }
        DayTime back = free + day.Instance.Distance(here, home.Number);
        if (stops.Count > 0 && back - home.Closes > Tolerance)
            yield return $"{who}: back at {back}, shift ends {home.Closes}";
    }
}
