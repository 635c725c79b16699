using Dispatch.Api.Problems;
using Dispatch.Api.Rules;
using Dispatch.Domain;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Refusals;

namespace Dispatch.Api.Entitlement;

/// <summary>Decides by the rules in force, in calendar days of the house.</summary>
internal sealed class EntitlementDesk(ApiOptions options, RuleShelves rules, BusinessClock clock)
{
    public WallClock Clock { get; } = options.Clock;

    public DateOnly Today => Clock.DayOf(clock.GetUtcNow());

    /// <param name="device">What the register knows of it; null for nothing.</param>
    public (EntitlementDecision? Decision, Refused? Refused) Decide(EntitlementRequest asked, DeviceState? device)
    {
        DateOnly today = asked.On ?? Today;
        (EntitlementDecision? decision, Refusal? refusal) = Entitlements.Decide(rules.Entitlement, asked.ToCase(today, device, Clock), today);
        return refusal is null ? (decision, null) : (null, Refused.Of(refusal));
    }
}
