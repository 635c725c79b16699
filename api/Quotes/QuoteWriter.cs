using Dispatch.Api.Access;
using Dispatch.Api.Catalogue;
using Dispatch.Api.Devices;
using Dispatch.Api.Entitlement;
using Dispatch.Api.Rules;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Triage;

namespace Dispatch.Api.Quotes;

/// <summary>Prices what somebody found, by the books in force today, what is owed for the device, and the way it came. Whether a quote can be given now the job says itself.</summary>
internal sealed class QuoteWriter(Ownership ownership, DeviceDesk devices, EntitlementDesk entitlement, RuleShelves books, BusinessClock clock)
{
    public async Task<(GiveQuote? Command, Refusal? Refusal)> Prepare(Caller caller, JobState job, GiveQuoteRequest found)
    {
        (DateOnly today, DateTimeOffset now) = (entitlement.Today, clock.GetUtcNow());
        if (books.Prices.InForce(today).FirstOrDefault() is not { } prices)
            return (null, RuleProblems.NoneInForce("prices", today));
        if (books.Quotes.InForce(today).FirstOrDefault() is not { } rules)
            return (null, RuleProblems.NoneInForce("quotes", today));
        DeviceState? device = DeviceIdentity.Find(job.Request.Device) is { } identity ? (await devices.Grain(caller.Tenant, DeviceId.Derive(caller.Tenant, identity)).Get())?.State : null;
        string kind = device?.Profile.Kind ?? CatalogueData.Shared.Get(job.Request.Category).Device ?? "other";
        // Where no rules hold for such a device, nothing is owed.
        (EntitlementDecision? owed, Refusal? contradiction) = Entitlements.Decide(books.Entitlement, found.ToEntitlement(kind).ToCase(today, device, entitlement.Zone), today);
        if (contradiction is { Code: not "rules.none_in_force" })
            return (null, contradiction);
        ServiceNeeds work = ServiceNeeds.Of([], [], (found.Parts ?? []).Select(p => p!.ToPart()), TimeSpan.FromMinutes(found.LabourMinutes!.Value));
        Tariff tariff = found.ToTariff() ?? job.Terms?.Tariff ?? Tariff.Consumer;
        OfferQuestion question = new(
            kind, job.Request.Device?.Brand ?? "", job.Request.Device?.Model ?? "", job.Zone.Value, tariff.Segment, tariff.Contract, tariff.ContractVisits,
            device?.Services.Count(s => s.Mode.IsVisit()) ?? 0, new OfferFault(TriageKind.Fault, job.Request.Category, work.Parts, found.LabourMinutes.Value), owed, today, now,
            found.PurchasedOn ?? device?.Profile.PurchasedOn, HasPlan: false, Grade: null, [], []);
        (QuoteTerms? terms, Refusal? no) = QuotePricing.Price(
            new OfferBooks(prices, books.Programmes.InForce(today).FirstOrDefault(), null), question, job.Mode, await Metres(caller.Tenant, ownership, job), string.IsNullOrWhiteSpace(found.Note) ? null : found.Note.Trim(),
            job.Terms);
        return no is not null
            ? (null, no)
            : (new GiveQuote(
                caller.Technician, caller.Point, found.Epoch is { } epoch ? new Epoch(epoch) : null, terms!, rules.Holds(atTheDoor: job.Mode.IsVisit())), null);
    }

    /// <summary>One way between the customer and the point that has the device; nothing for a visit.</summary>
    internal static async Task<long> Metres(TenantId tenant, Ownership ownership, JobState job) =>
        job.Booking is { } booking && await ownership.PointGrain(tenant, booking.Point).Get() is { State: ServicePointState point }
            ? LocalMetric.Metres(job.Request.Place, point.Profile.Place)
            : 0;
}
