using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Entitlement.Exchange;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Devices;

using Decision = Decision<DeviceEvent>;

/// <summary>Says what a command does to a device's record: facts or a refusal. Pure: the same arguments give the same answer.</summary>
public static class DeviceDecider
{
    public static Decision Decide(DeviceState? state, DeviceCommand command, DateTimeOffset now) => command switch
    {
        RegisterDevice c => Registered(state, c.Id, c.Tenant, c.Identity, c.Profile, now),
        RecordService c when state is null => Decision.Of(new DeviceRegistered(c.Id, c.Tenant, c.Identity, c.Profile, now), new DeviceServed(c.Service)),
        SwapDevice c when state is null => Decision.Of(new DeviceRegistered(c.Id, c.Tenant, c.Identity, c.Profile, now), Given(c)),
        BeginAsReplacement c when state is null => Decision.Of(new DeviceRegistered(c.Id, c.Tenant, c.Identity, c.Profile, now), new DeviceGivenFor(c.Replaces, c.At)),
        WithdrawService when state is null => Decision.Nothing,
        _ when state is not { } => Refusal.Of("device.unknown", RefusalKind.Unknown),
        RecordService c => IsKnown(state, c.Service.Job, c.Service.Revision) ? Decision.Nothing : new DeviceServed(c.Service),
        WithdrawService c =>
            IsKnown(state, c.Job, c.Revision) ? Decision.Nothing : new ServiceWithdrawn(new WithdrawnService(c.Job, c.Revision)),
        SwapDevice c => state.ReplacedBy is not { } by ? Given(c) : by == Given(c).With ? Decision.Nothing : DeviceRefusals.Replaced(state, by),
        BeginAsReplacement c => GivenFor(state, c),
        RecordAccessory c => Done(state, state.Accessories.Any(a => a.Accessory == c.Replacement.Accessory && a.At == c.Replacement.At), c.Replacement.At, now, new AccessoryReplaced(c.Replacement)),
        RecordPart c => Done(state, state.Parts.Any(p => p.Part == c.Fitted.Part && p.Serial == c.Fitted.Serial), c.Fitted.At, now, new PartFitted(c.Fitted)),
        ChangeOwner c => Owned(state, c, now),
        OpenExchange c => Opened(state, c),
        CompleteExchangeStep c => Stepped(state, c, now),
        RefuseExchange c => Refused(state, c, now),
        _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
    };

    private static Decision Registered(DeviceState? state, DeviceId id, TenantId tenant, DeviceIdentity identity, DeviceProfile profile, DateTimeOffset now)
    {
        if (profile.MadeOn > profile.PurchasedOn)
            return EntitlementRefusals.DatesReversed(profile.MadeOn.Value, profile.PurchasedOn.Value);
        if (state is null)
            return new DeviceRegistered(id, tenant, identity, profile, now);
        DeviceProfile better = profile with
        {
            Line = profile.Line ?? state.Profile.Line, PurchasedOn = profile.PurchasedOn ?? state.Profile.PurchasedOn, MadeOn = profile.MadeOn ?? state.Profile.MadeOn,
        };
        if (better.MadeOn > better.PurchasedOn)
            return EntitlementRefusals.DatesReversed(better.MadeOn.Value, better.PurchasedOn.Value);
        return better == state.Profile ? Decision.Nothing : new DeviceProfiled(better);
    }

    /// <summary>Whether as much or more has been heard of the job's service; messages come twice, and an old one may come last.</summary>
    private static bool IsKnown(DeviceState state, JobId job, int revision) =>
        state.Services.Any(s => s.Job == job && s.Revision >= revision) || state.Withdrawn.Any(w => w.Job == job && w.Revision >= revision);

    private static DeviceReplaced Given(SwapDevice c) => new(DeviceId.Derive(c.Tenant, c.NewUnit), c.NewUnit, c.At);

    private static Decision GivenFor(DeviceState state, BeginAsReplacement c)
    {
        if (state.Replaces == c.Replaces)
            return Decision.Nothing;
        return state.Replaces is null && state.Services.IsEmpty && c.Replaces != state.Id ? new DeviceGivenFor(c.Replaces, c.At) : DeviceRefusals.NotNew(state);
    }

    /// <summary>Work on the device that somebody enters by hand: known already, still to come, or done to a device that was given away for another.</summary>
    private static Decision Done(DeviceState state, bool isKnown, DateTimeOffset at, DateTimeOffset now, DeviceEvent fact)
    {
        if (isKnown)
            return Decision.Nothing;
        if (at > now)
            return DeviceRefusals.TimeInFuture(at, now);
        return state.ReplacedBy is { } other && at > state.ReplacedAt ? DeviceRefusals.Replaced(state, other) : fact;
    }

    private static Decision Owned(DeviceState state, ChangeOwner c, DateTimeOffset now)
    {
        if (state.Owners.Any(o => o.Owner == c.Owner && o.At == c.At))
            return Decision.Nothing;
        if (c.At > now)
            return DeviceRefusals.TimeInFuture(c.At, now);
        return state.Owners.LastOrDefault()?.Owner == c.Owner ? Decision.Nothing : new OwnerChanged(c.Owner, c.At);
    }

    private static Decision Opened(DeviceState state, OpenExchange c)
    {
        if (state.ReplacedBy is { } other)
            return DeviceRefusals.Replaced(state, other);
        if (state.Exchange is { Status: ExchangeStatus.Open } open)
            return open.Clause == c.Case.Clause && open.Job == c.Case.Job ? Decision.Nothing : DeviceRefusals.ExchangeUnderWay(state);
        return new ExchangeOpened(c.Case);
    }

    /// <summary>The last step of an exchange of the unit also says which device was given, by the serial on the record.</summary>
    private static Decision Stepped(DeviceState state, CompleteExchangeStep c, DateTimeOffset now)
    {
        if (state.Exchange is not { } exchange)
            return DeviceRefusals.NoExchange(state);
        (ExchangeCase? next, Refusal? refusal) = exchange.Complete(c.Step, c.Desk, c.By, now, c.Notes);
        if (refusal is not null)
            return refusal;
        if (ReferenceEquals(next, exchange))
            return Decision.Nothing;
        bool givesUnit = next!.Remedy is Remedy.ExchangeUnit or Remedy.ExchangeSameOrHigher;
        ExchangeStepDone done = new(c.Step, c.Desk, c.By, now, c.Notes);
        if (!givesUnit || (next.Status != ExchangeStatus.Done && c.Step != ExchangeStep.RecordSerial))
            return done;
        (DeviceIdentity? identity, Refusal? wrong) = state.Identity.Another(next.Recorded(ExchangeNotes.NewSerial) ?? "");
        if (wrong is not null)
            return wrong;
        DeviceId with = DeviceId.Derive(state.Tenant, identity!);
        if (with == state.Id)
            return DeviceRefusals.SameUnit(state.Id);
        return next.Status == ExchangeStatus.Done ? Decision.Of(done, new DeviceReplaced(with, identity!, now)) : done;
    }

    private static Decision Refused(DeviceState state, RefuseExchange c, DateTimeOffset now)
    {
        if (state.Exchange is not { } exchange)
            return DeviceRefusals.NoExchange(state);
        (ExchangeCase? next, Refusal? refusal) = exchange.Refuse(c.Desk, c.Reason);
        if (refusal is not null)
            return refusal;
        return ReferenceEquals(next, exchange) ? Decision.Nothing : new ExchangeRefused(c.Desk, c.By, c.Reason, now);
    }
}
