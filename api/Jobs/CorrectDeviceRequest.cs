using Dispatch.Api.Devices;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;

namespace Dispatch.Api.Jobs;

/// <param name="Imei">15 digits with the right check digit. Either this or <paramref name="Serial"/>.</param>
/// <param name="Serial">4 to 32 letters and digits.</param>
/// <param name="Brand">That of the job if left out; needed where the job names no device.</param>
/// <param name="Model">Likewise.</param>
public sealed record CorrectDeviceRequest(string? Imei, string? Serial, string? Brand, string? Model) : IRequestBody
{
    public void Validate(Check check)
    {
        if (Imei is null && Serial is null)
            check.Fault("imei", "missing");
        if (Imei is not null && Serial is not null)
            check.Fault("serial", "duplicate");
        check.LineIfGiven(Imei, "imei", JobLimits.Serial);
        check.LineIfGiven(Serial, "serial", JobLimits.Serial);
        check.WarnOfDeviceNumber(Serial, "serial");
        check.LineIfGiven(Brand, "brand", JobLimits.Brand);
        check.LineIfGiven(Model, "model", JobLimits.Model);
    }

    /// <summary>The device with its number, as the register keeps it; a refusal where it can be none. Only after a clean check.</summary>
    internal (DeviceRef? Device, Refused? Refused) ToDevice(DeviceRef? known)
    {
        if ((Brand?.Trim() ?? known?.Brand) is not { } brand)
            return (null, EdgeRefusals.Invalid("brand", "missing"));
        if ((Model?.Trim() ?? known?.Model) is not { } model)
            return (null, EdgeRefusals.Invalid("model", "missing"));
        (Domain.Devices.DeviceIdentity? identity, Refusal? wrong) = DeviceNumber.Read(Imei, brand, Serial);
        return wrong is null ? (new DeviceRef(brand, model, identity!.Imei ?? identity.Serial), null) : (null, Refused.Of(wrong));
    }
}
