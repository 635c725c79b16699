using Dispatch.Api.Access;
using Dispatch.Api.Catalogue;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Offers;
using Dispatch.Api.Problems;
using Dispatch.Api.ServiceDesk;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;

namespace Dispatch.Api.Bookings;

/// <summary>
/// Books the mode a customer chose in the comparison: compares again, holds it against what they saw, and has the job begin with what it needs in reserve. A ledger that says no leads to one more
/// look without it, because lists lag behind ledgers.
/// </summary>
internal sealed class OfferBooking(OfferComparer comparer, Ownership ownership, ContactStore contacts, JobIntake intake, DeskThings desk, MailInRules rules, BusinessClock clock)
{
    private const int MostTries = 3;

    public async Task<(BookedView? Booked, Refused? Refused)> Book(Posted<BookOfferRequest> posted, CancellationToken cancellation)
    {
        Operation operation = posted.OperationOn("bookings");
        JobId id = JobId.Derive(posted.Caller.Tenant, operation.Id);
        IJobGrain grain = ownership.JobGrain(posted.Caller.Tenant, id);
        // A repetition is answered as the first time, whatever has become of prices and places since.
        if (await grain.Get() is { State: { Terms: { } terms } begun })
            return Answer(await grain.Execute(new BookJob(id, begun.Tenant, begun.Zone, begun.Request, begun.Needs!, terms, HeldUntil), operation), terms, posted.Caller);
        (BookedView? booked, Refused? refused) = await TryToBook(posted, id, grain, operation, cancellation);
        // Nothing is kept of a customer whose job did not come about.
        if (refused is not null && await grain.Get() is null)
            await contacts.Drop(posted.Caller.Tenant, id, cancellation);
        return (booked, refused);
    }

    private DateTimeOffset HeldUntil => clock.GetUtcNow() + rules.Hold;

    private async Task<(BookedView? Booked, Refused? Refused)> TryToBook(Posted<BookOfferRequest> posted, JobId id, IJobGrain grain, Operation operation, CancellationToken cancellation)
    {
        (Caller caller, BookOfferRequest body) = (posted.Caller, posted.Value);
        OfferMode chosen = body.ToMode();
        if (OfferModes.Booked(chosen) is not { } mode)
            return (null, BookingRefusals.ModeNotBookable(chosen));
        if (mode.IsSwap() && body.DeviceNumber is null)
            return (null, BookingRefusals.DeviceNumberMissing(chosen));
        (JobOrigin? origin, Refused? wrong) = await JobOrigin.Find(caller, body.Channel, body.ContactId, desk);
        if (wrong is not null)
            return (null, wrong);
        HashSet<string> without = [];
        string? taken = null;
        for (int left = MostTries; ; left--)
        {
            (Compared? now, Refused? refused) = await comparer.Compare(caller, body.Question!, new BookingWish(mode.IsVisit() ? body.ToWindow() : null, without), cancellation);
            if ((refused ?? Judge(body, chosen, mode, now!, taken)) is { } no)
                return (null, no);
            BookJob command = CommandOf(body, origin!, id, caller.Tenant, mode, now!, now!.Of(chosen), now.TakenBy(chosen)!);
            if (JobDecider.CheckRequest(command.Request, clock.GetUtcNow()) is { } impossible)
                return (null, Refused.Of(impossible));
            await contacts.Put(caller.Tenant, id, body.Contact!.ToContact(body.Address), cancellation);
            JobReply reply = await grain.Execute(command, operation);
            if (reply.Refusal is null || reply.Job is not null)
                return Answer(reply, command.Terms, caller);
            taken = reply.Refusal.Code;
            if (left == 1)
                return (null, BookingRefusals.NotOffered(chosen, taken, now));
            without.UnionWith(new[] { command.Terms.Reserved.Technician?.Value, command.Terms.Reserved.Point?.Value }.OfType<string>());
        }
    }

    /// <summary>Why what is offered now is not what the customer agreed to; null if it is.</summary>
    /// <param name="taken">What a ledger has said meanwhile: it knows better than the comparison why nothing is left.</param>
    private static Refused? Judge(BookOfferRequest body, OfferMode chosen, ServiceMode mode, Compared now, string? taken)
    {
        Offer offer = now.Of(chosen);
        if (offer.NotOffered is { } reason)
            return BookingRefusals.NotOffered(chosen, taken ?? reason.Code, now);
        if (mode.IsSwap() && now.Device is { ReplacedBy: { } by } replaced)
            return Refused.Of(DeviceRefusals.Replaced(replaced, by));
        AgreedInput agreed = body.Agreed!;
        if (agreed.Total != offer.Price!.Total || agreed.Currency != now.Comparison.Currency || agreed.PriceVersion != now.Comparison.Version)
            return BookingRefusals.PriceChanged(chosen, offer, now);
        return offer.Until > agreed.Until + now.Times.PromiseSlack ? BookingRefusals.PromiseChanged(chosen, offer, now) : null;
    }

    private BookJob CommandOf(BookOfferRequest body, JobOrigin origin, JobId id, TenantId tenant, ServiceMode mode, Compared now, Offer offer, Reservation reserved)
    {
        ServiceNeeds needs = mode.IsSwap() ? ExchangeUnits.Needs(now.Question.Brand, now.Question.Model, now.Times) : now.Needs;
        TimeWindow[] windows = reserved.Visit is { } visit ? [body.ToWindow() ?? new TimeWindow(visit.StartAt, visit.StartAt + now.Times.VisitWithin)] : [];
        JobRequest request = origin.Of(body.ToJobRequest(mode, now, windows, CatalogueData.Shared.Get(now.Question.Fault.Category).Severity));
        AgreedTerms terms = new(
            mode, offer.Price!, now.Comparison.Currency, now.Comparison.Version, offer.Open, offer.From!.Value, offer.Until!.Value, offer.Clause, now.GrantOf(offer), offer.Loaner, reserved,
            now.Question.Tariff);
        return new BookJob(id, tenant, now.Zone, request, needs, terms, HeldUntil);
    }

    private (BookedView? Booked, Refused? Refused) Answer(JobReply reply, AgreedTerms terms, Caller caller)
    {
        if (reply.Refusal is not null)
            return (null, reply.ToRefused(caller));
        bool toStaff = caller.May(Act.ListTechnicians) is null;
        Caller reader = toStaff ? caller : Caller.Customer(caller.Tenant, reply.Job!.Id);
        return (new BookedView(intake.Tracked(reply.Job!, reader), TermsView.Of(terms), ReservedView.Of(terms.Reserved, toStaff)), null);
    }
}
