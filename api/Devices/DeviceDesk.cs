using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement.Exchange;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Devices;

namespace Dispatch.Api.Devices;

/// <summary>Finds devices of the register, and says who may act for which desk of an exchange.</summary>
internal sealed class DeviceDesk(IGrainFactory grains)
{
    public IDeviceGrain Grain(TenantId tenant, DeviceId device) => grains.GetGrain<IDeviceGrain>(GrainKeys.Of(tenant, device.Value));

    /// <summary>The device as it now is, if the caller may see the register.</summary>
    public async Task<(VersionedDevice? Device, Refused? Refused)> Find(Caller caller, string id)
    {
        if (caller.May(Act.ReadDevice) is { } refused)
            return (null, refused);
        VersionedDevice? found = Words.IsId(id, DeviceId.Prefix) ? await Grain(caller.Tenant, new DeviceId(id)).Get() : null;
        return found is null ? (null, Refused.Of(DeviceRefusals.Unknown(new DeviceId(id)))) : (found, null);
    }

    /// <summary>Technicians verify, points also stand at the front desk, sellers at their own; dispatchers may act for everybody.</summary>
    public static Refused? MayActFor(Caller caller, ExchangeDesk desk) => caller.Role switch
    {
        Role.Manager or Role.Dispatcher => null,
        Role.Point when desk is ExchangeDesk.FrontDesk or ExchangeDesk.Technician => null,
        Role.Technician when desk == ExchangeDesk.Technician => null,
        Role.Seller when desk == ExchangeDesk.Seller => null,
        _ => EdgeRefusals.Forbidden(),
    };
}
