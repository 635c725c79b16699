using System.Collections.Immutable;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Phones;

/// <summary>
/// A technician with a phone, as a machine: what is learnt, at a moment of the phone's clock, to what is done. Offers are accepted at once unless the window can no
/// longer be met. Stops are served one after another in planned order; times follow from the plan, the way and the windows alone, never from how
/// long a message took, unless it came too late to set off as planned. A report is given out only once its time has come.
/// </summary>
public static class PhoneCore
{
    /// <param name="now">The phone's clock; never ahead of the server's. A moment before an earlier one counts as that.</param>
    public static (PhoneState Phone, ImmutableArray<PhoneAction> Actions) Handle(PhoneState phone, PhoneInput input, DayTime now)
    {
        ImmutableArray<PhoneAction>.Builder actions = ImmutableArray.CreateBuilder<PhoneAction>();
        // What the clock has brought about comes first: a stop set off to is no longer open to change.
        phone = Advance(phone with { Now = DayTime.Later(phone.Now, now) });
        StopId? next = phone.Next?.Id;
        phone = React(phone, input, actions);
        if (phone.Next is { } first && first.Id != next)
            phone = phone with { NextSince = phone.Now };
        phone = Advance(phone);
        if (!phone.Sending && !phone.Unsent.IsEmpty)
        {
            phone = phone with { Sending = true };
            actions.Add(new PhoneAction.Send(phone.Unsent[0]));
        }
        return (phone, actions.DrainToImmutable());
    }

    /// <summary>When time alone will change something; null if only a message can.</summary>
    public static DayTime? NextWake(PhoneState phone) =>
        phone.Leg is { } leg ? leg.ArriveReported ? leg.Finish : leg.Arrive
        : phone.Next is { Confirmed: true } next ? LegTo(phone, next).Depart
        : null;

    private static PhoneState React(PhoneState phone, PhoneInput input, ImmutableArray<PhoneAction>.Builder actions) => input switch
    {
        PhoneInput.Offered i => Offered(phone, i, actions),
        PhoneInput.Confirmed i => phone with { Ahead = [.. phone.Ahead.Select(s => s.Id == StopId.OfJob(i.Job) && s.Epoch == i.Epoch ? s with { Confirmed = true } : s)] },
        PhoneInput.Lost i => Lost(phone, i, actions),
        PhoneInput.AcceptRefused i => AcceptRefused(phone, i, actions),
        PhoneInput.DepotOrdered i => DepotOrdered(phone, i),
        PhoneInput.DepotCancelled i => Without(phone, s => s.Id == StopId.OfDepot(i.Number)),
        PhoneInput.ReportAnswered i => Answered(phone, i, actions),
        PhoneInput.ReadAgain i => ReadAgain(phone, i),
        PhoneInput.Resumed i => Resumed(phone, i, actions),
        _ => phone,
    };

    private static PhoneState Offered(PhoneState phone, PhoneInput.Offered i, ImmutableArray<PhoneAction>.Builder actions)
    {
        StopId id = StopId.OfJob(i.Job);
        if (phone.Leg?.Stop.Id == id || phone.Ahead.Any(s => s.Id == id && s.Epoch >= i.Epoch))
            return phone;
        phone = Without(phone, s => s.Id == id);
        Stop stop = new(id, i.Node, i.Epoch, i.Planned, i.Decided, DayTime.Later(phone.Now, i.Decided), Confirmed: false);
        PhoneTally tally = phone.Tally with { Offers = phone.Tally.Offers + 1 };
        if ((i.Unwilling ?? PhoneForecast.Objection(phone, stop)) is { } objection)
        {
            actions.Add(new PhoneAction.Decline(i.Job, i.Epoch, objection));
            return phone with { Tally = tally with { Declines = tally.Declines + 1 } };
        }
        actions.Add(new PhoneAction.Accept(i.Job, i.Epoch));
        return phone with { Ahead = PhoneForecast.Insert(phone.Ahead, stop), Tally = tally with { Accepts = tally.Accepts + 1 } };
    }

    private static PhoneState Lost(PhoneState phone, PhoneInput.Lost i, ImmutableArray<PhoneAction>.Builder actions)
    {
        StopId id = StopId.OfJob(i.Job);
        bool Gone(Stop s) => s.Id == id && (s.Epoch < i.Epoch || (i.Inclusive && s.Epoch == i.Epoch));
        if (phone.Leg is { } leg && Gone(leg.Stop))
        {
            // Whether the departure came before the withdrawal is for the server to say: its answer to the report decides.
            phone = phone with { Leg = leg with { Revoked = true } };
            if (!leg.DepartAcknowledged)
                return phone;
            actions.Add(new PhoneAction.Reread());
            return TurnedAway(phone);
        }
        int before = phone.Ahead.Length;
        phone = Without(phone, Gone);
        int gone = before - phone.Ahead.Length;
        return phone with { Tally = phone.Tally with { Withdrawals = phone.Tally.Withdrawals + gone } };
    }

    private static PhoneState AcceptRefused(PhoneState phone, PhoneInput.AcceptRefused i, ImmutableArray<PhoneAction>.Builder actions)
    {
        actions.Add(new PhoneAction.Reread());
        phone = Without(phone, s => s.Id == StopId.OfJob(i.Job) && s.Epoch == i.Epoch);
        return phone with { Tally = phone.Tally with { LostOffers = phone.Tally.LostOffers + 1 } };
    }

    private static PhoneState DepotOrdered(PhoneState phone, PhoneInput.DepotOrdered i)
    {
        StopId id = StopId.OfDepot(i.Number);
        if (phone.Leg?.Stop.Id == id || phone.Done.Any(d => d.Id == id))
            return phone;
        phone = Without(phone, s => s.Id.IsDepot);
        Stop stop = new(id, 0, 0, i.Planned, i.Decided, DayTime.Later(phone.Now, i.Decided), Confirmed: true);
        return phone with { Ahead = PhoneForecast.Insert(phone.Ahead, stop) };
    }

    private static PhoneState ReadAgain(PhoneState phone, PhoneInput.ReadAgain i) =>
        // What the phone learnt after it asked may be newer than the answer.
        Without(phone, s => s.Known < i.AskedAt && (s.Id.IsDepot ? s.Id.DepotCall != i.DepotCall : !i.Commitments.Contains((s.Id.Job!, s.Epoch))));

    private static PhoneState Resumed(PhoneState phone, PhoneInput.Resumed i, ImmutableArray<PhoneAction>.Builder actions)
    {
        phone = Without(phone, s => !i.Stops.Any(x => x.Id == s.Id && x.Epoch == s.Epoch));
        if (phone.Leg is null && phone.Done.IsEmpty)
            phone = phone with { Place = i.Place, FreeAt = DayTime.Later(phone.FreeAt, i.FreeAt) };
        foreach (ResumedStop stop in i.Stops.OrderByDescending(s => s.Progress).ThenBy(s => s.Planned))
            if (phone.Leg?.Stop.Id != stop.Id && phone.Done.All(d => d.Id != stop.Id) && phone.Ahead.All(s => s.Id != stop.Id))
                phone = TakenUp(phone, stop, actions);
        return phone;
    }

    private static PhoneState TakenUp(PhoneState phone, ResumedStop i, ImmutableArray<PhoneAction>.Builder actions)
    {
        Stop stop = new(i.Id, i.Node, i.Epoch, i.Planned, i.Since, DayTime.Later(phone.Now, i.Since), Confirmed: true);
        switch (i.Progress)
        {
            case StopProgress.Offered:
                return Offered(phone, new PhoneInput.Offered(i.Id.Job!, i.Node, i.Epoch, i.Planned, i.Since, i.Unwilling), actions);
            case StopProgress.Accepted:
                return phone with { Ahead = PhoneForecast.Insert(phone.Ahead, stop) };
            case StopProgress.UnderWay when phone.Leg is null:
                DayTime arrive = i.Since + phone.Map.Travel(phone.Place, i.Node, i.Since), start = DayTime.Later(arrive, phone.Map.Opens(i.Node));
                return phone with { Leg = new Leg(stop, phone.Place, phone.FreeAt, i.Since, arrive, start, start + (i.Id.IsDepot ? 0 : phone.Map.Service(i.Node)), DepartAcknowledged: true) };
            case StopProgress.AtWork when phone.Leg is null:
                return phone with
                {
                    Leg = new Leg(stop, i.Node, phone.FreeAt, i.Since, i.Since, i.Since, i.Since + phone.Map.Service(i.Node), ArriveReported: true, DepartAcknowledged: true),
                };
            case StopProgress.Repaired or StopProgress.Signed:
                foreach (ReportKind kind in i.Progress == StopProgress.Repaired ? new[] { ReportKind.Sign, ReportKind.Close } : [ReportKind.Close])
                    phone = Report(phone, stop, kind, phone.Now);
                return phone with { Done = phone.Done.Add(new Served(i.Id, i.Node, i.Since, i.Since, i.Since, i.Since, i.Since, true)), Place = phone.Leg is null ? i.Node : phone.Place };
            default:
                return phone with { Tally = phone.Tally.Anomaly($"{i.Id} is {i.Progress} while another stop is under way") };
        }
    }

    private static PhoneState Answered(PhoneState phone, PhoneInput.ReportAnswered i, ImmutableArray<PhoneAction>.Builder actions)
    {
        Report report = phone.Unsent[0];
        phone = phone with { Unsent = phone.Unsent.RemoveAt(0), Sending = false };
        if (i.RefusedWith is null)
        {
            if (report.Kind != ReportKind.Depart || phone.Leg is not { } leg || leg.Stop.Id != report.Stop)
                return phone;
            phone = phone with { Leg = leg with { DepartAcknowledged = true } };
            return leg.Revoked ? TurnedAway(phone) : phone;
        }
        actions.Add(new PhoneAction.Reread());
        phone = phone with
        {
            Unsent = phone.Unsent.RemoveAll(r => r.Stop == report.Stop),
            Done = [.. phone.Done.Select(d => d.Id == report.Stop ? d with { IsServed = false } : d)],
        };
        bool onTheWay = phone.Leg is { } under && under.Stop.Id == report.Stop;
        if (report.Kind == ReportKind.Depart && onTheWay && phone.Leg!.Revoked)
        {
            // Withdrawn before the server heard of the departure: the technician stays where they were, and has lost no more than the time to hear of it.
            phone = phone with { Leg = null, NextSince = phone.Now, Tally = phone.Tally with { Withdrawals = phone.Tally.Withdrawals + 1 } };
            return phone;
        }
        phone = phone with { Tally = phone.Tally.Anomaly($"{report.Kind} of {report.Stop} refused: {i.RefusedWith}") };
        if (!onTheWay)
            return phone;
        return report.Kind == ReportKind.Depart ? phone with { Leg = null, NextSince = phone.Now } : TurnedAway(phone);
    }

    /// <summary>A stop that is no longer wanted, with the technician under way to it: they drive there, find nothing to do, and are free.</summary>
    private static PhoneState TurnedAway(PhoneState phone)
    {
        Leg leg = phone.Leg!;
        DayTime free = DayTime.Later(leg.Arrive, DayTime.Later(phone.Now, leg.Depart));
        return phone with
        {
            Leg = leg with { Revoked = true, ArriveReported = true, Start = leg.Arrive, Finish = free },
            Unsent = phone.Unsent.RemoveAll(r => r.Stop == leg.Stop.Id && r != (phone.Sending ? phone.Unsent[0] : null)),
            Tally = phone.Tally.Anomaly($"{leg.Stop.Id} withdrawn after departure"),
        };
    }

    private static PhoneState Without(PhoneState phone, Func<Stop, bool> gone) => phone with { Ahead = phone.Ahead.RemoveAll(s => gone(s)) };

    /// <summary>Everything that time alone has brought about by now.</summary>
    private static PhoneState Advance(PhoneState phone)
    {
        while (true)
        {
            if (phone.Leg is { } leg)
            {
                if (!leg.ArriveReported && leg.Arrive <= phone.Now)
                    phone = Arrived(phone, leg);
                else if (leg.ArriveReported && leg.Finish <= phone.Now)
                    phone = Finished(phone, leg);
                else
                    return phone;
            }
            else if (phone.Next is { Confirmed: true } next && LegTo(phone, next) is var way && way.Depart <= phone.Now)
                phone = Report(phone with { Leg = way, Ahead = phone.Ahead.RemoveAt(0), NextSince = new DayTime(double.NegativeInfinity) }, way.Stop, ReportKind.Depart, way.Depart);
            else
                return phone;
        }
    }

    private static PhoneState Arrived(PhoneState phone, Leg leg)
    {
        phone = phone with { Leg = leg with { ArriveReported = true } };
        return leg.Stop.Id.IsDepot ? phone : Report(phone, leg.Stop, ReportKind.Arrive, leg.Arrive);
    }

    private static PhoneState Finished(PhoneState phone, Leg leg)
    {
        phone = phone with
        {
            Leg = null,
            Place = leg.Stop.Node,
            FreeAt = leg.Finish,
            Done = phone.Done.Add(new Served(leg.Stop.Id, leg.Stop.Node, leg.Stop.Decided, leg.Depart, leg.Arrive, leg.Start, leg.Finish, !leg.Revoked)),
        };
        if (leg.Revoked)
            return phone;
        if (leg.Stop.Id.IsDepot)
            return Report(phone, leg.Stop, ReportKind.Close, leg.Finish);
        foreach (ReportKind kind in new[] { ReportKind.Repair, ReportKind.Sign, ReportKind.Close })
            phone = Report(phone, leg.Stop, kind, leg.Finish);
        return phone;
    }

    private static PhoneState Report(PhoneState phone, Stop stop, ReportKind kind, DayTime at) =>
        phone with { Unsent = phone.Unsent.Add(new Report(kind, stop.Id, stop.Epoch, at)) };

    private static Leg LegTo(PhoneState phone, Stop stop) => PhoneForecast.LegTo(phone.Map, stop, phone.Place, phone.FreeAt, phone.NextSince);
}
