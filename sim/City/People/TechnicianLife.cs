using Dispatch.Sim.City.Plan;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Phones;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.City.People;

/// <summary>One technician, day after day: on duty when the shift begins, work as the phone says, off duty when the shift is over and nothing is left to do.</summary>
public sealed class TechnicianLife(CityWorld world, TechnicianPlan plan, string id)
{
    /// <summary>So long before the end nobody begins anything new; so long after it whatever is left is left to the dispatcher.</summary>
    private static readonly TimeSpan LeaveBefore = TimeSpan.FromMinutes(20), LeaveAfter = TimeSpan.FromHours(4);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1.5);

    private volatile Phone? phone;

    /// <summary>The phone while on duty.</summary>
    public Phone? Phone => phone;

    /// <param name="onDuty">What the server says when the city wakes up: whoever is on duty has work to finish, whatever the hour.</param>
    public async Task Live(bool onDuty, CancellationToken cancellation)
    {
        bool finishing = onDuty;
        await world.Forever(plan.User, async stop =>
        {
            DateTimeOffset now = world.Clock.Now;
            Period shift = Roster.Next(world.Plan.Seed, plan, world.Plan.LocalMidnight(now), now);
            if (finishing && shift.From > now)
                await Work(new Period(now, now), stop);
            finishing = false;
            // Nobody is to the second.
            await world.Clock.Reach(shift.From + TimeSpan.FromMinutes(10 * Chance.Share(world.Plan.Seed, "late", plan.User, shift.From.Ticks)), stop);
            await Work(shift, stop);
            await world.Clock.Reach(shift.To, stop);
        }, cancellation);
    }

    private async Task Work(Period shift, CancellationToken stop)
    {
        ApiClient api = await world.SignIn(plan.User, stop);
        DayClock day = new(world.Plan.LocalMidnight(shift.From));
        TechnicianMap map = new(world.Plan, plan, day, shift);
        (await Duty(api, true, shift, stop)).Must("duty of " + plan.User);
        PhoneDay phoneDay = new(map, world.Plan.Map.Base.Plane, day, world.Clock, new TechnicianManner(world.Plan.Seed, plan.User, map, api, world.Clock), world.Time, world.Detail);
        // From here on the phone owns the client.
        await using Phone mine = new(phoneDay, api, world.Server, id, TechnicianMap.Home, new Random());
        phone = mine;
        try
        {
            await mine.Live.WaitAsync(stop);
            while (!IsOver(mine.State, shift))
                await Task.Delay(Look, world.Time, stop);
            (await Duty(api, false, shift, stop)).Must("end of duty of " + plan.User);
        }
        finally
        {
            phone = null;
        }
    }

    private bool IsOver(PhoneState state, Period shift)
    {
        DateTimeOffset now = world.Clock.Now;
        return now > shift.To - LeaveBefore && (now > shift.To + LeaveAfter || (state.Leg is null && state.Ahead.IsEmpty && state.Unsent.IsEmpty));
    }

    private Task<ApiResult<Nothing>> Duty(ApiClient api, bool on, Period shift, CancellationToken stop) => api.Command<Nothing>(
        $"v1/technicians/{id}/duty", new DutyRequest(on), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"city-duty-{plan.User}-{shift.From.UtcTicks}-{on}"), stop);
}
