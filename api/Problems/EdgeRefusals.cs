using Dispatch.Domain.Geo;
using Dispatch.Domain.Refusals;

namespace Dispatch.Api.Problems;

/// <summary>Every no that is said at this edge, before or beside the grains. Each code is a row of docs/refusals.md.</summary>
internal static class EdgeRefusals
{
    public static Refused Malformed(string reason, string? path = null) => Refused.With(400, "request.malformed", ("reason", reason), ("path", path));
    public static Refused Invalid(IEnumerable<(string Field, string Fault)> faults) =>
        Refused.With(400, "request.invalid", [.. faults.Select(f => (f.Field, (object?)f.Fault))]);
    public static Refused Invalid(string field, string fault) => Invalid([(field, fault)]);
    public static Refused TooLarge(long limit) => Refused.With(413, "request.too_large", ("limitBytes", limit));
    public static Refused UnsupportedMediaType(string? given) => Refused.With(415, "request.unsupported_media_type", ("given", given), ("wanted", "application/json"));
    public static Refused NoSuchRoute(string path) => Refused.With(404, "request.no_such_route", ("path", path));
    public static Refused MethodNotAllowed(string method) => Refused.With(405, "request.method_not_allowed", ("method", method));
    public static Refused Refusable(int status) => Refused.With(status, "request.refused", ("status", status));
    public static Refused AuthRequired() => Refused.With(401, "auth.required");
    public static Refused AuthInvalid() => Refused.With(401, "auth.token_invalid");
    public static Refused WrongCredentials() => Refused.With(401, "auth.wrong_credentials");
    public static Refused Forbidden() => Refused.With(403, "auth.forbidden");
    public static Refused TooManyAttempts(TimeSpan wait) => Refused.With(429, "auth.too_many_attempts", ("retryAfterSeconds", Math.Ceiling(wait.TotalSeconds))).After(wait);
    public static Refused UserTaken(string user) => Refused.With(409, "account.user_taken", ("user", user));
    public static Refused TrackUnknown() => Refused.With(404, "track.unknown");
    public static Refused TrackEnded() => Refused.With(410, "track.ended");
    public static Refused TrackWithdrawn() => Refused.With(410, "track.withdrawn");
    public static Refused StreamUnknown(string stream) => Refused.With(404, "stream.unknown", ("stream", stream));
    public static Refused TooManyStreams(int limit) => Refused.With(422, "stream.too_many", ("limit", limit));
    public static Refused OutsideTerritory(Place place) => Refused.With(422, "job.outside_territory", ("lon", place.Lon), ("lat", place.Lat));
    public static Refused ReadBehind(string token) => Refused.With(503, "read.behind", ("token", token)).After(TimeSpan.FromSeconds(1));
    public static Refused Unavailable(string? reason = null) => Refused.With(503, "server.unavailable", ("reason", reason)).After(TimeSpan.FromSeconds(1));
    public static Refused Unexpected(string traceId) => Refused.With(500, "server.unexpected", ("traceId", traceId));
}
