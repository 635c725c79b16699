using Dispatch.Api.Problems;
using Dispatch.Api.Rules;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Refusals;

namespace Dispatch.Api.Entitlement;

/// <summary>Decides by the rules in force, in calendar days of the house.</summary>
internal sealed class EntitlementDesk(ApiOptions options, RuleShelves rules, BusinessClock clock)
{
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(options.MessageTimeZone);

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Zone).DateTime);

    /// <param name="device">What the register knows of it; null for nothing.</param>
    public (EntitlementDecision? Decision, Refused? Refused) Decide(EntitlementRequest asked, DeviceState? device)
    {
        DateOnly today = asked.On ?? Today;
        (EntitlementDecision? decision, Refusal? refusal) = Entitlements.Decide(rules.Entitlement, asked.ToCase(today, device, Zone), today);
        return refusal is null ? (decision, null) : (null, Refused.Of(refusal));
    }
}
