using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Offers;

/// <summary>What service points could do for a device at the soonest, by what their ledgers say now. Pure. A figure to offer by; the ledger has the last word at booking.</summary>
public sealed class PointCapacity(MailInRules rules, OfferRules times, IReadOnlyCollection<ServicePointState> points, DateTimeOffset now)
{
    /// <summary>Mail-in, walk-in, and pickup and return.</summary>
    public ImmutableArray<ModeCapacity> Repairs(MailInJob asked)
    {
        BenchMatch match = new PointMatching(rules).Judge(asked, points, now);
        if (match.Chosen is not { } chosen)
        {
            Refusal reason = match.Verdicts.Length == 0 ? Refusal.Of("plan.no_point", RefusalKind.Unprocessable) : Reason(Nearest(match.Verdicts, asked.Place).Violation!);
            return [.. new[] { OfferMode.WalkIn, OfferMode.PickupReturn, OfferMode.MailIn }.Select(mode => VisitCapacity.No(mode, reason))];
        }
        ServicePointState post = Point(chosen.Point);
        PointVerdict near = Nearest(match.Verdicts.Where(v => v.Option is not null), asked.Place);
        ServicePointState local = Point(near.Point);
        DateTimeOffset collected = now + rules.CollectWithin;
        return
        [
            WalkIn(asked, [.. match.Verdicts.Where(v => v.Option is not null).Select(v => Point(v.Point))]),
            new(
                OfferMode.PickupReturn,
                collected,
                Returned(near.Option!.Day),
                Metres(asked.Place, local),
                local.Id.Value,
                Takes: Place(asked, local, near.Option.Day),
                Later: Others(asked, local, near.Option.Day, option => new LaterDay(option.Day, collected, Returned(option.Day)))
            ),
            new(
                OfferMode.MailIn,
                collected,
                chosen.PromisedAt,
                Metres(asked.Place, post),
                post.Id.Value,
                Takes: Place(asked, post, chosen.Day),
                Later: Others(asked, post, chosen.Day, option => new LaterDay(option.Day, collected, option.PromisedAt))
            ),
        ];

        DateTimeOffset Returned(DateOnly day) =>
            rules.BackAt(rules.ReadyAt(local.Profile.Hours, day, asked.Needs.Service), Metres(asked.Place, local));
    }

    /// <summary>The other days of a point, should its ledger have no place on the one that is wanted.</summary>
    private ImmutableArray<LaterDay> Others(MailInJob asked, ServicePointState point, DateOnly chosen, Func<BenchOption, LaterDay> terms) =>
        [.. new PointMatching(rules).OtherDays(asked, point, chosen, now).Select(terms)];

    /// <summary>A unit of the model at a point, or sent from one.</summary>
    public ImmutableArray<ModeCapacity> Swaps(string brand, string model, Place place)
    {
        string unit = ExchangeUnits.PartCode(brand, model);
        ServicePointState? at = At(place, p => p.Free(unit, now) > 0 && p.Profile.Brands.Contains(brand, StringComparer.OrdinalIgnoreCase));
        if (at is null)
            return [VisitCapacity.No(OfferMode.SwapByPost, NoUnit(model)), VisitCapacity.No(OfferMode.SwapAtPoint, NoUnit(model))];
        DateTimeOffset opens = Opens(at);
        Reservation takes = new(null, null, at.Id, at.Profile.Hours.DayOf(opens), null, [new PartQuantity(unit, 1)]);
        return [Sent(OfferMode.SwapByPost, at, place) with { Takes = takes }, new(OfferMode.SwapAtPoint, opens, opens + times.SwapTakes, Metres(place, at), at.Id.Value, Takes: takes)];
    }

    /// <summary>Parts sent to a customer who fits them.</summary>
    public ModeCapacity SelfService(ImmutableArray<PartQuantity> parts, Place place) =>
        At(place, p => parts.All(part => p.Free(part.Code, now) >= part.Quantity)) is { } at
            ? Sent(OfferMode.SelfService, at, place)
            : VisitCapacity.No(OfferMode.SelfService, Refusal.Of("point.part_missing", RefusalKind.Unprocessable, ("part", parts.FirstOrDefault().Code)));

    public static Refusal NoUnit(string model) => Refusal.Of("offer.no_exchange_unit", RefusalKind.Unprocessable, ("model", model));

    /// <summary>The soonest slot, then the nearest point. A point that has closed for today is asked for its next working day.</summary>
    private ModeCapacity WalkIn(MailInJob asked, ImmutableArray<ServicePointState> possible)
    {
        List<ModeCapacity> slots = [];
        foreach (ServicePointState point in possible)
            if (DaysAtCounter(asked, point) is [var first, .. var later])
                slots.Add(
                    new ModeCapacity(
                        OfferMode.WalkIn,
                        first.From,
                        first.Until,
                        Metres(asked.Place, point),
                        point.Id.Value,
                        Takes: Place(asked, point, first.Day),
                        Later: later
                    )
                );
        return slots.Count == 0
            ? VisitCapacity.No(OfferMode.WalkIn, Refusal.Of("point.bench_full", RefusalKind.Unprocessable, ("category", asked.Bench)))
            : slots.OrderBy(s => s.Until).ThenBy(s => s.Metres).ThenBy(s => s.Where, StringComparer.Ordinal).First();
    }

    /// <summary>The days on which a device brought to the counter has a place on the bench, the first of them first.</summary>
    private ImmutableArray<LaterDay> DaysAtCounter(MailInJob asked, ServicePointState point)
    {
        OpeningHours hours = point.Profile.Hours;
        DateOnly last = hours.DayOf(now).AddDays(rules.DaysAhead);
        ImmutableArray<LaterDay>.Builder days = ImmutableArray.CreateBuilder<LaterDay>();
        for (DateOnly day = hours.DayOf(Opens(point)); day <= last; day = hours.WorkingDayFrom(day.AddDays(1)))
            if (point.Open(day, asked.Bench, now) > 0)
                days.Add(
                    new LaterDay(day, hours.OpensAt(day) > now ? hours.OpensAt(day) : now, rules.ReadyAt(hours, day, asked.Needs.Service))
                );
        return days.DrainToImmutable();
    }

    /// <summary>Now where it is open, otherwise when it next opens.</summary>
    private DateTimeOffset Opens(ServicePointState point)
    {
        OpeningHours hours = point.Profile.Hours;
        DateOnly today = hours.DayOf(now), day = hours.WorkingDayFrom(now < hours.ClosesAt(today) ? today : today.AddDays(1));
        return hours.OpensAt(day) > now ? hours.OpensAt(day) : now;
    }

    private ModeCapacity Sent(OfferMode mode, ServicePointState from, Place to)
    {
        long metres = Metres(to, from);
        DateTimeOffset leaves = Opens(from) + rules.CollectWithin;
        return new ModeCapacity(mode, leaves, leaves + rules.Transit(metres) + rules.Reserve, metres, from.Id.Value);
    }

    private static Reservation Place(MailInJob asked, ServicePointState point, DateOnly day) => new(null, null, point.Id, day, asked.Bench, asked.Needs.Parts);

    private ServicePointState? At(Place place, Func<ServicePointState, bool> can) => points.Where(can).OrderBy(p => Metres(place, p)).ThenBy(p => p.Id).FirstOrDefault();

    private PointVerdict Nearest(IEnumerable<PointVerdict> verdicts, Place place) => verdicts.OrderBy(v => Metres(place, Point(v.Point))).ThenBy(v => v.Point).First();

    private ServicePointState Point(ServicePointId id) => points.First(p => p.Id == id);

    private static long Metres(Place place, ServicePointState point) => LocalMetric.Metres(place, point.Profile.Place);

    private static Refusal Reason(Violation violation) => new(violation.Code, RefusalKind.Unprocessable, violation.Facts);
}
