using Microsoft.AspNetCore.Builder;

namespace Dispatch.Api.Reading;

/// <summary>Query parameters that an endpoint reads by itself, for the machine-readable contract.</summary>
internal sealed record ListParametersMetadata(IReadOnlyList<string> Names);

internal static class ListParameters
{
    public static RouteHandlerBuilder WithListParameters(this RouteHandlerBuilder builder, params string[] names) => builder.WithMetadata(new ListParametersMetadata(names));

    /// <summary>What each parameter means, and whether it is a number.</summary>
    public static (string Meaning, bool IsNumber) Describe(string name) => name switch
    {
        "zone" => ("Only of this zone", false),
        "status" => ("Only with one of these statuses, separated by commas", false),
        "technicianId" => ("Only of this technician", false),
        "externalId" => ("Exactly the one with this id in another system", false),
        "jobId" => ("Only of this job", false),
        "pointId" => ("Only of this service point", false),
        "mode" => ("Only `doorToDoor` or `mailIn`", false),
        "code" => ("Exactly the job with this id or with a parcel of this waybill", false),
        "q" => ("Words to find: id, category, brand, model", false),
        "open" => ("`true`: only what is not over", false),
        "agentId" => ("Only of this agent, expert or responsible person", false),
        "kind" => ("Only `hotline` or `consultation`", false),
        "channel" => ("Only of this channel", false),
        "after" => ("The `next` of the page before; for events the number after which to begin", false),
        "limit" => ("At most so many, up to 1,000", true),
        "token" => ("Show at least the change that this token of a command's answer names; also as header `Dispatch-Token`", false),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such list parameter"),
    };
}
