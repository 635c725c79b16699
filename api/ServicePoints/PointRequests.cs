using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Dispatch.Api.Access;
using Dispatch.Api.Catalogue;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Technicians;
using Dispatch.Domain;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Api.ServicePoints;

/// <param name="Open"><c>HH:mm</c>.</param>
/// <param name="Close"><c>HH:mm</c>, or <c>24:00</c>; not after <paramref name="Open"/> means on the next day.</param>
/// <param name="TimeZone">IANA name, for example <c>Asia/Shanghai</c>, spelled as in the database.</param>
/// <param name="ClosedOn">Days of the week in English, lower case; not all seven.</param>
public sealed record HoursInput([property: Required] string? Open, [property: Required] string? Close, [property: Required] string? TimeZone, IReadOnlyList<string?>? ClosedOn)
{
    internal void Validate(Check check)
    {
        Time(check, Open, "open", MinuteOf);
        Time(check, Close, "close", EndOf);
        if (check.Present(TimeZone, "timeZone") && WallClock.Find(TimeZone) is null)
            check.Fault("timeZone", "unknown");
        check.Each(ClosedOn, "closedOn", 0, 6, (day, field) =>
        {
            if (Day(day) is null)
                check.Fault(field, "unknown");
        });
    }

    internal OpeningHours ToHours() => new(
        MinuteOf(Open!)!.Value, EndOf(Close!)!.Value, TimeZone!, [.. (ClosedOn ?? []).Select(d => Day(d)!.Value).Distinct().Order()]);

    private static void Time(Check check, string? text, string field, Func<string, TimeOnly?> read)
    {
        if (check.Present(text, field) && read(text) is null)
            check.Fault(field, "bad_form");
    }

    private static TimeOnly? MinuteOf(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time : null;

    /// <summary>The end of a day is kept as the 00:00 that follows it.</summary>
    private static TimeOnly? EndOf(string text) => text == HoursView.EndOfDay ? TimeOnly.MinValue : MinuteOf(text);

    private static DayOfWeek? Day(string? word)
    {
        foreach (DayOfWeek day in Enum.GetValues<DayOfWeek>())
            if (string.Equals(day.ToString().ToLowerInvariant(), word, StringComparison.Ordinal))
                return day;
        return null;
    }
}

/// <param name="Category">A kind of bench: <c>phone</c>, <c>camera</c>, <c>board</c> or <c>software</c>.</param>
public sealed record SlotsInput([property: Required] string? Category, [property: Required] int? PerDay);

/// <param name="Serves">Zones whose parcels it takes; its own if left out.</param>
/// <param name="PointId">To choose the id, or to give an existing point another definition; one is made if left out.</param>
/// <param name="SignIn">Gives the point's staff an account.</param>
public sealed record DefinePointRequest(
    [property: Required] string? Name,
    [property: Required] string? Zone,
    [property: Required] PlaceInput? Place,
    IReadOnlyList<string?>? Serves,
    [property: Required] IReadOnlyList<string?>? Brands,
    [property: Required] IReadOnlyList<SkillInput?>? Skills,
    IReadOnlyList<PartInput?>? Stock,
    [property: Required] HoursInput? Hours,
    [property: Required] IReadOnlyList<SlotsInput?>? Slots,
    string? PointId,
    NewSignIn? SignIn) : IRequestBody
{
    private const int LongestName = 100, MostZones = 1_000, MostBrands = 200, MostSkills = 64, MostParts = 2_000, MostPerDay = 10_000;

    public void Validate(Check check)
    {
        check.Line(Name, "name", LongestName);
        check.Code(Zone, "zone", 80);
        check.Place(Place, "place");
        check.Each(Serves, "serves", 0, MostZones, (zone, field) => check.Code(zone, field, 80));
        check.Each(Brands, "brands", 1, MostBrands, (brand, field) => check.Line(brand, field, JobLimits.Brand));
        check.Each(Skills, "skills", 1, MostSkills, (skill, field) => skill.Validate(check, field));
        check.Each(Stock, "stock", 0, MostParts, (part, field) => part.Validate(check, field));
        if (check.Present(Hours, "hours"))
            check.Within("hours", Hours.Validate);
        check.Each(Slots, "slots", 1, CatalogueData.Benches.Count, (slot, field) => check.Within(field, c =>
        {
            c.OneOf(slot.Category, "category", CatalogueData.Benches);
            c.Range(slot.PerDay, "perDay", 0, MostPerDay);
        }));
        if (Slots is not null && Slots.Select(s => s?.Category).Distinct().Count() < Slots.Count)
            check.Fault("slots", "duplicate");
        if (PointId is not null && !Words.IsId(PointId, ServicePointId.Prefix))
            check.Fault("pointId", "bad_form");
        if (SignIn is not null)
            check.Within("signIn", SignIn.Validate);
    }

    /// <summary>Lists in order and without repetition. Only after a clean check.</summary>
    internal ServicePointProfile ToProfile() => new(
        Name!.Trim(),
        new ZoneId(Zone!),
        Place!.ToPlace(),
        Serves is null ? [new ZoneId(Zone!)] : [.. Serves.Select(z => new ZoneId(z!)).Distinct().Order()],
        [.. Brands!.Select(b => b!.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)],
        [.. Skills!.Select(s => s!.ToSkill()).GroupBy(s => s.Code, StringComparer.Ordinal).Select(g => new SkillLevel(g.Key, g.Max(s => s.Level))).OrderBy(s => s.Code, StringComparer.Ordinal)],
        Hours!.ToHours(),
        [.. Slots!.Select(s => new BenchCapacity(s!.Category!, s.PerDay!.Value)).OrderBy(s => s.Category, StringComparer.Ordinal)]);

    internal ImmutableArray<PartQuantity> ToStock() =>
        [.. (Stock ?? []).Select(p => p!.ToPart()).GroupBy(p => p.Code, StringComparer.Ordinal).Select(g => new PartQuantity(g.Key, g.Sum(p => p.Quantity))).OrderBy(p => p.Code, StringComparer.Ordinal)];
}
