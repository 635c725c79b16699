using Dispatch.Api.Access;
using Dispatch.Api.Entitlement;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Rules;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Entitlement.Exchange;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Contracts.Devices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Devices;

internal static class DeviceRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder devices = routes.MapGroup("/devices").WithTags("Devices");
        devices.MapPost("", Register).RequireAccess(Act.RegisterDevice).Refuses(400, 401, 403, 413, 415, 422, 503).WithSummary("Enter a device, or say better what it is");
        devices.MapGet("", Search).RequireAccess(Act.ReadDevice).Refuses(400, 401, 403).WithSummary("The device of an IMEI, or of a brand's serial number");
        devices.MapGet("/{id}", Get).RequireAccess(Act.ReadDevice).Refuses(401, 403, 404).WithSummary("One device with its whole history");
        devices.MapPost("/{id}/owner", ChangeOwner).RequireAccess(Act.RegisterDevice).Refuses(400, 401, 403, 404, 413, 415, 422, 503).WithSummary("Somebody else has it");
        devices.MapPost("/{id}/accessory", ReplaceAccessory).RequireAccess(Act.RegisterDevice).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 503).WithSummary("An accessory was replaced");
        devices.MapPost("/{id}/part", FitPart).RequireAccess(Act.RegisterDevice).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 503).WithSummary("A part with a serial of its own was built in");
        devices.MapPost("/{id}/exchange", Open).RequireAccess(Act.RunExchange).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 503).WithSummary("Begin a refund or an exchange that is owed");
        devices.MapPost("/{id}/exchange/step", Step).RequireAccess(Act.RunExchange).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 503).WithSummary("A desk has done its step");
        devices.MapPost("/{id}/exchange/refuse", Refuse).RequireAccess(Act.RunExchange).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 503).WithSummary("The desk whose turn it is says no");
    }

    private static async Task<Results<Created<DeviceChangeView>, Refused>> Register(Posted<RegisterDeviceRequest> posted, DeviceDesk desk)
    {
        (Caller caller, RegisterDeviceRequest body) = (posted.Caller, posted.Value);
        (DeviceIdentity? identity, Refusal? wrong) = DeviceNumber.Read(body.Imei, body.Brand, body.Serial);
        if (wrong is not null)
            return Refused.Of(wrong);
        DeviceId id = DeviceId.Derive(caller.Tenant, identity!);
        DeviceReply reply = await desk.Grain(caller.Tenant, id).Execute(new RegisterDevice(id, caller.Tenant, identity!, body.ToProfile()), posted.OperationOn("devices"));
        return reply.Refusal is { } refusal ? Refused.Of(refusal) : TypedResults.Created($"/v1/devices/{id.Value}", new DeviceChangeView(id.Value, reply.Version));
    }

    /// <summary>A number that can be none is a fault of the request; one that nobody has entered finds nothing.</summary>
    private static async Task<Results<Ok<DeviceListView>, Refused>> Search(string? imei, string? brand, string? serial, Caller caller, DeviceDesk desk, ApiOptions options)
    {
        if (imei is null && serial is null)
            return EdgeRefusals.Invalid("imei", "missing");
        (DeviceIdentity? identity, Refusal? wrong) = DeviceNumber.Read(imei, brand, serial);
        if (wrong is not null)
            return Refused.Of(wrong);
        VersionedDevice? found = await desk.Grain(caller.Tenant, DeviceId.Derive(caller.Tenant, identity!)).Get();
        return TypedResults.Ok(new DeviceListView(found is null ? [] : [DeviceView.Of(found.State, found.Version, options.RepeatedWithin)]));
    }

    private static async Task<Results<Ok<DeviceView>, Refused>> Get(string id, Caller caller, DeviceDesk desk, ApiOptions options)
    {
        (VersionedDevice? found, Refused? refused) = await desk.Find(caller, id);
        return refused is null ? TypedResults.Ok(DeviceView.Of(found!.State, found.Version, options.RepeatedWithin)) : refused;
    }

    private static async Task<Results<Ok<DeviceChangeView>, Refused>> ChangeOwner(string id, Posted<ChangeOwnerRequest> posted, DeviceDesk desk, TrackingTokens marks, BusinessClock clock)
    {
        ChangeOwnerRequest body = posted.Value;
        return await Execute(id, posted.Caller, desk, new ChangeOwner(marks.Mark(body.Owner!.Trim().ToLowerInvariant()), At(body.At, clock)), posted.OperationOn("devices"));
    }

    /// <summary>Only what the rules of today know as an accessory of this kind of device: what is counted must be countable.</summary>
    private static async Task<Results<Ok<DeviceChangeView>, Refused>> ReplaceAccessory(string id, Posted<RecordAccessoryRequest> posted, DeviceDesk desk, EntitlementDesk entitlement, RuleShelves rules, BusinessClock clock)
    {
        (VersionedDevice? found, Refused? refused) = await desk.Find(posted.Caller, id);
        if (refused is not null)
            return refused;
        (string kind, string accessory) = (found!.State.Profile.Kind, posted.Value.Accessory!);
        if (rules.Entitlement.Find(b => b.Kinds.Contains(kind), entitlement.Today) is not { } book)
            return Refused.Of(EntitlementRefusals.NoBook(kind, entitlement.Today));
        if (!book.Accessories.Contains(accessory))
            return Refused.Of(EntitlementRefusals.ItemUnknown(book, accessory));
        return await Execute(id, posted.Caller, desk, new RecordAccessory(new AccessoryReplacement(accessory, At(posted.Value.At, clock), JobOf(posted.Value.JobId))), posted.OperationOn("devices"));
    }

    private static async Task<Results<Ok<DeviceChangeView>, Refused>> FitPart(string id, Posted<RecordPartRequest> posted, DeviceDesk desk, BusinessClock clock)
    {
        (string? serial, Refusal? wrong) = DeviceIdentity.ReadSerial(posted.Value.Serial!);
        if (wrong is not null)
            return Refused.Of(wrong);
        return await Execute(id, posted.Caller, desk, new RecordPart(new FittedPart(posted.Value.Part!, serial!, At(posted.Value.At, clock), JobOf(posted.Value.JobId))), posted.OperationOn("devices"));
    }

    private static DateTimeOffset At(DateTimeOffset? given, BusinessClock clock) => given?.ToUniversalTime() ?? clock.GetUtcNow();

    private static JobId? JobOf(string? given) => given is null ? null : new JobId(given);

    /// <summary>Decided here anew, by today's rules and the register: nobody begins what is not owed.</summary>
    private static async Task<Results<Ok<DeviceChangeView>, Refused>> Open(string id, Posted<OpenExchangeRequest> posted, DeviceDesk desk, EntitlementDesk entitlement, RuleShelves rules)
    {
        (VersionedDevice? found, Refused? refused) = await desk.Find(posted.Caller, id);
        if (refused is not null)
            return refused;
        EntitlementRequest asked = new(null, null, null, null, null, null, posted.Value.Evidence, null, id, null);
        (EntitlementDecision? decision, Refused? no) = entitlement.Decide(asked, found!.State);
        if (no is not null)
            return no;
        Remedy remedy = DayCheck.ToWord<Remedy>(posted.Value.Remedy!);
        if (decision!.Find(remedy) is not { } option)
            return Refused.Of(ExchangeRefusals.NotOwed(decision, remedy));
        EntitlementBook book = rules.Entitlement.InForce(decision.Today).Single(b => b.Book == decision.Book);
        return await Execute(id, posted.Caller, desk, new OpenExchange(ExchangeCase.Open(book, option, JobOf(posted.Value.JobId))), posted.OperationOn("devices"));
    }

    private static async Task<Results<Ok<DeviceChangeView>, Refused>> Step(string id, Posted<ExchangeStepRequest> posted, DeviceDesk desk)
    {
        (Caller caller, ExchangeStepRequest body) = (posted.Caller, posted.Value);
        ExchangeDesk acting = DayCheck.ToWord<ExchangeDesk>(body.Desk!);
        if (DeviceDesk.MayActFor(caller, acting) is { } forbidden)
            return forbidden;
        CompleteExchangeStep step = new(DayCheck.ToWord<ExchangeStep>(body.Step!), acting, caller.Subject, [.. (body.Notes ?? []).Select(n => new ExchangeNote(n!.Name!, n.Value!.Trim()))]);
        return await Execute(id, caller, desk, step, posted.OperationOn("devices"));
    }

    private static async Task<Results<Ok<DeviceChangeView>, Refused>> Refuse(string id, Posted<RefuseExchangeRequest> posted, DeviceDesk desk)
    {
        ExchangeDesk acting = DayCheck.ToWord<ExchangeDesk>(posted.Value.Desk!);
        if (DeviceDesk.MayActFor(posted.Caller, acting) is { } forbidden)
            return forbidden;
        return await Execute(id, posted.Caller, desk, new RefuseExchange(acting, posted.Caller.Subject, posted.Value.Reason!.Trim()), posted.OperationOn("devices"));
    }

    private static async Task<Results<Ok<DeviceChangeView>, Refused>> Execute(string id, Caller caller, DeviceDesk desk, DeviceCommand command, Dispatch.Grains.Contracts.Operation operation)
    {
        if (!Words.IsId(id, DeviceId.Prefix))
            return Refused.Of(DeviceRefusals.Unknown(new DeviceId(id)));
        DeviceReply reply = await desk.Grain(caller.Tenant, new DeviceId(id)).Execute(command, operation);
        return reply.Refusal is { } refusal ? Refused.Of(refusal) : TypedResults.Ok(new DeviceChangeView(id, reply.Version));
    }
}
