using Dispatch.Domain.Entitlement.Exchange;

namespace Dispatch.Domain.Devices;

/// <summary>What each fact makes of a device's record. The same function serves writing and replay.</summary>
public static class DeviceEvolution
{
    public static DeviceState Apply(DeviceState? state, DeviceEvent fact)
    {
        if (fact is DeviceRegistered r)
            return new DeviceState(r.Id, r.Tenant, r.Identity, r.Profile, r.At, [], [], [], null, null, null, null, null);
        if (state is not { } device)
            throw new InvalidOperationException($"{fact.GetType().Name} before the registration");
        return fact switch
        {
            DeviceProfiled e => device with { Profile = e.Profile },
            // Jobs end in any order: what comes late takes its place by time.
            DeviceServed e => device with
            {
                Services = [.. device.Services.Where(s => s.Job != e.Service.Job).Append(e.Service).OrderBy(s => s.At).ThenBy(s => s.Job)],
            },
            ServiceWithdrawn e => device with
            {
                Services = device.Services.RemoveAll(s => s.Job == e.Service.Job),
                Withdrawn = [.. device.Withdrawn.Where(w => w.Job != e.Service.Job), e.Service],
            },
            AccessoryReplaced e => device with { Accessories = [.. device.Accessories.Append(e.Replacement).OrderBy(a => a.At)] },
            PartFitted e => device with { Parts = [.. device.Parts.Append(e.Fitted).OrderBy(p => p.At)] },
            OwnerChanged e => device with { Owners = [.. device.Owners.Append(new OwnerSince(e.Owner, e.At)).OrderBy(o => o.At)] },
            DeviceGivenFor e => device with { Replaces = e.Replaces, ReplacesSince = e.At },
            ExchangeOpened e => device with { Exchange = e.Case },
            ExchangeStepDone e => device with { Exchange = device.Exchange!.Complete(e.Step, e.Desk, e.By, e.At, e.Notes).Next },
            ExchangeRefused e => device with { Exchange = device.Exchange! with { Status = ExchangeStatus.Refused, Reason = e.Reason } },
            DeviceReplaced e => device with { ReplacedBy = e.With, ReplacedAt = e.At },
            _ => throw new InvalidOperationException($"No rule for {fact.GetType().Name}"),
        };
    }
}
