using System.Globalization;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.ServicePoints;

/// <summary>Every no a service point's ledger can give. Each code is a row of docs/refusals.md.</summary>
public static class ServicePointRefusals
{
    public static Refusal Unknown(ServicePointId id) => Refusal.Of("point.unknown", RefusalKind.Unknown, ("pointId", id));
    public static Refusal BrandNotAuthorised(ServicePointState p, string brand) => Refusal.Of("point.brand_not_authorised", RefusalKind.Conflict, ("pointId", p.Id), ("brand", brand));
    public static Refusal CategoryMissing(ServicePointState p, string category) => Refusal.Of("point.category_missing", RefusalKind.Conflict, ("pointId", p.Id), ("category", category));
    public static Refusal SkillMissing(ServicePointState p, SkillLevel skill) => Refusal.Of("point.skill_missing", RefusalKind.Conflict, ("pointId", p.Id), ("skill", skill.Code), ("level", skill.Level));
    public static Refusal PartMissing(ServicePointState p, PartQuantity part, int left) =>
        Refusal.Of("point.part_missing", RefusalKind.Conflict, ("pointId", p.Id), ("part", part.Code), ("wanted", part.Quantity), ("left", Math.Max(0, left)));
    public static Refusal BenchFull(ServicePointState p, string category, DateOnly day) =>
        Refusal.Of("point.bench_full", RefusalKind.Conflict, ("pointId", p.Id), ("category", category), ("day", Text(day)), ("perDay", p.Profile.PerDay(category)));
    public static Refusal DayClosed(ServicePointState p, DateOnly day) => Refusal.Of("point.day_closed", RefusalKind.Unprocessable, ("pointId", p.Id), ("day", Text(day)));
    public static Refusal DayPast(ServicePointState p, DateOnly day) => Refusal.Of("point.day_past", RefusalKind.Unprocessable, ("pointId", p.Id), ("day", Text(day)));
    public static Refusal DayTooFar(ServicePointState p, DateOnly day, int most) => Refusal.Of("point.day_too_far", RefusalKind.Unprocessable, ("pointId", p.Id), ("day", Text(day)), ("mostDays", most));
    public static Refusal ReservationGone(ServicePointState p, JobId job) => Refusal.Of("point.reservation_gone", RefusalKind.Conflict, ("pointId", p.Id), ("jobId", job));
    public static Refusal EpochStale(ServicePointState p, JobId job, Epoch given) => Refusal.Of("point.epoch_stale", RefusalKind.Conflict, ("pointId", p.Id), ("jobId", job), ("given", given));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
