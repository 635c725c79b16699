using System.Collections.Immutable;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Technicians;

/// <summary>What a technician's day has room for: time, skills, tools and parts, beside everything that holds some of it. Pure.</summary>
internal static class LedgerRoom
{
    /// <summary>All that keeps time and parts from others: what has not lapsed, and what a change of plan would bring.</summary>
    public static IEnumerable<Commitment> Held(TechnicianState t, DateTimeOffset now) =>
        t.Parked is { } patch ? t.Commitments.Where(c => !c.HasLapsed(now)).Concat(patch.Additions) : t.Commitments.Where(c => !c.HasLapsed(now));

    /// <summary>Why this work has no place beside these; null if it has. Parts are another question, because they are counted over several.</summary>
    public static Refusal? NoTime(TechnicianState t, Visit visit, ServiceNeeds needs, IEnumerable<Commitment> beside)
    {
        if (visit.StartAt < t.Profile.Shift.From || visit.FinishAt > t.Profile.Shift.To)
            return TechnicianRefusals.OutsideShift(t);
        if (MissingSkill(t, needs) is { } skill)
            return TechnicianRefusals.SkillMissing(t, skill);
        foreach (Commitment other in beside)
            if (TechnicianDecider.Overlap(other.Visit, visit))
                return TechnicianRefusals.SlotTaken(t, other.Job);
        return null;
    }

    /// <summary>
    /// What is missing of tools or parts for all of this work together, beside these; null if nothing is, or if the depot has it. Units to be given for others are counted one by one all day: no
    /// depot call brings those.
    /// </summary>
    public static Refusal? NoGoods(TechnicianState t, ImmutableArray<ServiceNeeds> needs, IEnumerable<Commitment> beside)
    {
        bool supplied = t.DepotVisited || t.DepotCall is not null;
        foreach (string tool in needs.SelectMany(n => n.Tools))
            if (!supplied && !t.Profile.Tools.Contains(tool, StringComparer.Ordinal))
                return TechnicianRefusals.ToolMissing(t, tool);
        Commitment[] others = [.. beside];
        foreach (IGrouping<string, PartQuantity> wanted in needs.SelectMany(n => n.Parts).Where(p => !supplied || ExchangeUnits.IsUnit(p.Code)).GroupBy(p => p.Code, StringComparer.Ordinal))
        {
            int sum = wanted.Sum(p => p.Quantity);
            int left = t.StockOf(wanted.Key) - others.SelectMany(o => o.Parts).Where(p => string.Equals(p.Code, wanted.Key, StringComparison.Ordinal)).Sum(p => p.Quantity);
            if (left < sum)
                return TechnicianRefusals.PartMissing(t, wanted.Key, sum, left);
        }
        return null;
    }

    private static SkillLevel? MissingSkill(TechnicianState t, ServiceNeeds needs)
    {
        foreach (SkillLevel wanted in needs.Skills)
        {
            bool has = false;
            foreach (SkillLevel skill in t.Profile.Skills)
                has |= skill.Level >= wanted.Level && string.Equals(skill.Code, wanted.Code, StringComparison.Ordinal);
            if (!has)
                return wanted;
        }
        return null;
    }
}
