using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Entitlement.Exchange;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Devices;

/// <summary>What a device is, as far as it is known.</summary>
/// <param name="Kind"><c>phone</c>, <c>camera</c> or <c>other</c>.</param>
/// <param name="Line">Product line, where the rules tell lines apart.</param>
/// <param name="PurchasedOn">By the invoice, a calendar day.</param>
/// <param name="MadeOn">By the device, a calendar day.</param>
[GenerateSerializer, Immutable, Alias("dispatch.deviceProfile")]
public sealed record DeviceProfile(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Brand,
    [property: Id(2)] string Model,
    [property: Id(3)] string? Line,
    [property: Id(4)] DateOnly? PurchasedOn,
    [property: Id(5)] DateOnly? MadeOn);

/// <summary>One job that ended: where, by whom, for what, with what.</summary>
/// <param name="Fault">A code of the catalogue.</param>
/// <param name="Point">The service point, of a repair on a bench.</param>
/// <param name="Technician">Of a visit.</param>
/// <param name="Revision">How often the job's device had been corrected by then.</param>
[GenerateSerializer, Immutable, Alias("dispatch.deviceService")]
public sealed record DeviceService(
    [property: Id(0), JsonPropertyName("jobId")] JobId Job,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Fault,
    [property: Id(3)] RepairOutcome? Outcome,
    [property: Id(4)] ServiceMode Mode,
    [property: Id(5)] ImmutableArray<PartQuantity> Parts,
    [property: Id(6), JsonPropertyName("technicianId")] TechnicianId? Technician,
    [property: Id(7), JsonPropertyName("pointId")] ServicePointId? Point,
    [property: Id(8)] string Brand,
    [property: Id(9)] int Revision = 0);

/// <summary>A service that turned out to be another device's.</summary>
/// <param name="Revision">What is older than this, and comes late, is not entered again.</param>
[GenerateSerializer, Immutable, Alias("dispatch.withdrawnService")]
public readonly record struct WithdrawnService([property: Id(0), JsonPropertyName("jobId")] JobId Job, [property: Id(1)] int Revision);

/// <summary>An accessory was replaced.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.accessoryReplacement")]
public sealed record AccessoryReplacement([property: Id(0)] string Accessory, [property: Id(1)] DateTimeOffset At, [property: Id(2), JsonPropertyName("jobId")] JobId? Job);

/// <summary>A part with a number of its own was built in.</summary>
/// <param name="Part">A code of the catalogue.</param>
/// <param name="Serial">As on the part, in capitals and without blanks; a part is in one device once.</param>
[GenerateSerializer, Immutable, Alias("dispatch.fittedPart")]
public sealed record FittedPart([property: Id(0)] string Part, [property: Id(1)] string Serial, [property: Id(2)] DateTimeOffset At, [property: Id(3), JsonPropertyName("jobId")] JobId? Job);

/// <summary>Somebody else has it since.</summary>
/// <param name="Owner">A digest of who; the person is kept in erasable rows elsewhere.</param>
[GenerateSerializer, Immutable, Alias("dispatch.ownership")]
public sealed record OwnerSince([property: Id(0)] string Owner, [property: Id(1)] DateTimeOffset At);

/// <summary>Everything decisions about a device need, and its whole history.</summary>
/// <param name="Services">By time.</param>
/// <param name="Owners">By time; the last one has it.</param>
/// <param name="Replaces">The device this one was given for, and when; the time for repairs started anew then.</param>
/// <param name="ReplacedBy">The device given for this one; nothing is served under this number any more.</param>
/// <param name="Exchange">The newest exchange, under way or over.</param>
[GenerateSerializer, Immutable, Alias("dispatch.deviceState")]
public sealed record DeviceState(
    [property: Id(0)] DeviceId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] DeviceIdentity Identity,
    [property: Id(3)] DeviceProfile Profile,
    [property: Id(4)] DateTimeOffset RegisteredAt,
    [property: Id(5)] ImmutableArray<DeviceService> Services,
    [property: Id(6)] ImmutableArray<AccessoryReplacement> Accessories,
    [property: Id(7)] ImmutableArray<OwnerSince> Owners,
    [property: Id(8)] DeviceId? Replaces,
    [property: Id(9)] DateTimeOffset? ReplacesSince,
    [property: Id(10)] DeviceId? ReplacedBy,
    [property: Id(11)] DateTimeOffset? ReplacedAt,
    [property: Id(12)] ExchangeCase? Exchange)
{
    /// <summary>Parts with numbers of their own, by time; none in a record from before they were kept.</summary>
    [Id(13)]
    public ImmutableArray<FittedPart> Parts { get; init; } = [];

    /// <summary>Services that a correction has moved to another device; none in a record from before that was possible.</summary>
    [Id(14)]
    public ImmutableArray<WithdrawnService> Withdrawn { get; init; } = [];

    /// <summary>The type code of a phone.</summary>
    public string? TypeCode => Identity.Imei?[..Imei.TypeCodeLength];

    /// <summary>Jobs that followed an earlier repair within so long: the repair did not hold.</summary>
    public int RepeatedWithin(TimeSpan window)
    {
        int repeated = 0;
        for (int i = 1; i < Services.Length; i++)
            if (Services[i - 1].Outcome == RepairOutcome.Repaired && Services[i].At - Services[i - 1].At <= window)
                repeated++;
        return repeated;
    }
}
