using System.Collections.Immutable;
using Dispatch.Api.Access;
using Dispatch.Api.Catalogue;
using Dispatch.Api.Devices;
using Dispatch.Api.Entitlement;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Api.Rules;
using Dispatch.Api.Zones;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Triage;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Programmes;

namespace Dispatch.Api.Offers;

/// <summary>A comparison with what it went by, so that a mode of it can be booked.</summary>
/// <param name="Zone">The territory of the place, or the nearest.</param>
/// <param name="Device">What the register knows of it.</param>
internal sealed record Compared(
    OfferComparisonView View, OfferComparison Comparison, OfferBooks Books, OfferQuestion Question, ZoneId Zone, Place Place, ServiceNeeds Needs, string Bench, DeviceState? Device, OfferRules Times)
{
    public Offer Of(OfferMode mode) => Comparison.Offers.First(o => o.Mode == mode);

    /// <summary>What booking the mode would keep; null where nothing need be kept.</summary>
    public Reservation? TakenBy(OfferMode mode) => Question.Capacity.FirstOrDefault(c => c.Mode == mode)?.Takes;

    /// <summary>What a brand would pay of that offer; null where no programme holds.</summary>
    public ProgrammeGrant? GrantOf(Offer offer) => offer.Programme is { } code && Books.Programmes?.Programmes.FirstOrDefault(p => p.Code == code) is { } programme
        ? new ProgrammeGrant(ProgrammeId.Of(code, Zone), programme.PaidByBrand(Books.Prices.Segment(Question.Segment)!.VisitFee, offer.Price!.Visit), programme.Quota, programme.Budget)
        : null;
}

/// <summary>What narrows a comparison to what can be booked.</summary>
/// <param name="Window">When a visit may begin; as soon as possible if left out.</param>
/// <param name="Without">Ids of technicians and points whose ledgers have just refused.</param>
internal sealed record BookingWish(TimeWindow? Window, IReadOnlySet<string> Without)
{
    public static BookingWish None { get; } = new(null, new HashSet<string>());
}

/// <summary>Gathers what a comparison looks at: the fault, what is owed, the register, and what points, technicians and programmes could do now.</summary>
internal sealed class OfferComparer(
    ViewReader views, TerritoryIndex territories, DeviceDesk devices, EntitlementDesk entitlement, RuleShelves books, IGrainFactory grains, MailInRules rules, ITravel travel, BusinessClock clock)
{
    private static readonly OfferRules Times = new();

    public async Task<(Compared? Compared, Refused? Refused)> Compare(Caller caller, CompareOffersRequest asked, BookingWish wish, CancellationToken cancellation)
    {
        (DateOnly today, DateTimeOffset now) = (entitlement.Today, clock.GetUtcNow());
        (Fault? fault, Refused? refused) = FaultOf(asked, today);
        if (refused is not null)
            return (null, refused);
        (DeviceState? device, refused) = await DeviceOf(caller, asked.Device!);
        if (refused is not null)
            return (null, refused);
        // What the register knows of repairs is for the house to see; a customer is judged by what they show.
        (EntitlementDecision? owed, refused) = entitlement.Decide(asked.ToEntitlement(), caller.May(Act.ReadDevice) is null ? device : null);
        if (refused is { Problem.Code: not "rules.none_in_force" })
            return (null, refused);
        Place place = asked.Place!.ToPlace();
        ZoneId? inside = await territories.ZoneOf(caller.Tenant, place, orNearest: false, cancellation);
        ZoneId? zone = inside ?? await territories.ZoneOf(caller.Tenant, place, orNearest: true, cancellation);
        if (zone is null)
            return (null, EdgeRefusals.OutsideTerritory(place));
        if (Books(today) is not { } figures)
            return (null, Refused.Of(RuleProblems.NoneInForce("prices", today)));
        Tariff tariff = asked.ToTariff() ?? Tariff.Consumer;
        OfferQuestion question = new(
            asked.Device!.Kind!, asked.Device.Brand!.Trim(), asked.Device.Model!.Trim(), zone.Value.Value, tariff.Segment, tariff.Contract, tariff.ContractVisits,
            device?.Services.Count(s => s.Mode.IsVisit()) ?? 0, fault!.Known, owed, today, now, asked.PurchasedOn ?? device?.Profile.PurchasedOn, asked.HasPlan ?? false, asked.Grade,
            await Capacity(caller.Tenant, asked, fault, inside, zone.Value, place, wish, now, cancellation), await Granted(caller.Tenant, figures, asked.Device, zone.Value, today));
        (OfferComparison? comparison, Refusal? no) = Domain.Offers.OfferDesk.Compare(figures, question);
        if (no is not null)
            return (null, Refused.Of(no));
        OfferComparisonView view = new(comparison!.Currency, comparison.Version, zone.Value.Value, [.. comparison.Offers.Select(OfferView.Of)], comparison.Cheapest, comparison.Soonest, owed);
        return (new Compared(view, comparison, figures, question, zone.Value, place, fault.Needs, fault.Bench, device, Times), null);
    }

    /// <summary>What the ledgers of the programmes that hold here have granted up to now.</summary>
    private async Task<ImmutableArray<ProgrammeUse>> Granted(TenantId tenant, OfferBooks figures, OfferDeviceInput device, ZoneId zone, DateOnly today)
    {
        IEnumerable<Programme> hold = (figures.Programmes?.Programmes ?? []).Where(p => p.HoldsFor(device.Brand!.Trim(), device.Model!.Trim(), zone.Value, today));
        ProgrammeUse?[] uses = await Task.WhenAll(hold.Select(p => grains.GetGrain<IProgrammeGrain>(GrainKeys.Of(tenant, ProgrammeId.Of(p.Code, zone).Value)).Use()));
        return [.. uses.OfType<ProgrammeUse>()];
    }

    private sealed record Fault(OfferFault Known, ServiceNeeds Needs, string Bench);

    /// <summary>By the end of the self-diagnosis, or by what the category usually takes.</summary>
    private (Fault? Fault, Refused? Refused) FaultOf(CompareOffersRequest asked, DateOnly today)
    {
        Category category = CatalogueData.Shared.Get(asked.Category!);
        if (asked.Answers is not { Count: > 0 } answers)
        {
            ServiceNeeds? usual = category.ToNeeds();
            return (new Fault(
                new OfferFault(usual is null ? TriageKind.Inspection : TriageKind.Fault, category.Code, usual?.Parts ?? [], (int)Math.Ceiling(usual?.Service.TotalMinutes ?? 0)),
                usual ?? ServiceNeeds.Of([], [], [], Times.LookTakes), category.Bench), null);
        }
        (TriageStep? step, Refusal? refusal) = TriageWalk.Walk(books.Triage, category.Code, [.. answers.Select(a => a!)], today);
        if (refusal is not null)
            return (null, Refused.Of(refusal));
        if (step!.End is not { } end)
            return (null, EdgeRefusals.Invalid("answers", "too_few"));
        return (new Fault(OfferFault.Of(end), end.ToNeeds() ?? ServiceNeeds.Of([], [], [], TimeSpan.FromMinutes(end.Minutes)), CatalogueData.Shared.Get(end.Category).Bench), null);
    }

    private async Task<(DeviceState? Device, Refused? Refused)> DeviceOf(Caller caller, OfferDeviceInput named)
    {
        if (named.Imei is null && named.Serial is null)
            return (null, null);
        (DeviceIdentity? identity, Refusal? wrong) = DeviceNumber.Read(named.Imei, named.Brand, named.Serial);
        return wrong is not null ? (null, Refused.Of(wrong)) : ((await devices.Grain(caller.Tenant, DeviceId.Derive(caller.Tenant, identity!)).Get())?.State, null);
    }

    private OfferBooks? Books(DateOnly today) => books.Prices.InForce(today).FirstOrDefault() is { } prices
        ? new OfferBooks(prices, books.Programmes.InForce(today).FirstOrDefault(), books.TradeIn.InForce(today).FirstOrDefault())
        : null;

    private async Task<ImmutableArray<ModeCapacity>> Capacity(
        TenantId tenant, CompareOffersRequest asked, Fault fault, ZoneId? inside, ZoneId zone, Place place, BookingWish wish, DateTimeOffset now, CancellationToken cancellation)
    {
        ServicePointState[] points = [.. (await views.List(tenant, ChangeToken.Point, new ViewFilter(), null, ListQuery.LargestLimit, cancellation)).Select(r => r.ToPoint()).Where(p => !wish.Without.Contains(p.Id.Value))];
        TechnicianState[] technicians = inside is null
            ? [] : [.. (await views.List(tenant, ChangeToken.Technician, new ViewFilter(inside.Value.Value), null, ListQuery.LargestLimit, cancellation)).Select(r => r.ToTechnician()).Where(t => !wish.Without.Contains(t.Id.Value))];
        (string brand, string model) = (asked.Device!.Brand!.Trim(), asked.Device.Model!.Trim());
        PointCapacity point = new(rules, Times, points, now);
        MailInJob repair = new(new JobId(JobId.Prefix), zone, place, fault.Bench, brand, fault.Needs, now);
        ModeCapacity swap = VisitCapacity.Of(OfferMode.SwapAtDoor, technicians, ExchangeUnits.Needs(brand, model, Times), brand, inside, place, now, travel, wish.Window);
        return
        [
            new(OfferMode.Remote, now, now + Times.RemoteAnswer, 0, null),
            point.SelfService(fault.Needs.Parts, place),
            .. point.Repairs(repair),
            VisitCapacity.Of(OfferMode.DoorToDoor, technicians, fault.Needs, brand, inside, place, now, travel, wish.Window),
            swap.Reason?.Code == "plan.part_missing" ? swap with { Reason = PointCapacity.NoUnit(model) } : swap,
            .. point.Swaps(brand, model, place),
            new(OfferMode.TradeIn, now, now, 0, null),
            new(OfferMode.Recycling, now, now, 0, null),
        ];
    }
}
