using Dispatch.Domain.Calendars;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.ServiceDesk.CallBacks;

using Decision = Decision<CallBackEvent>;

/// <summary>Says what a command does to a call-back: facts or a refusal. Pure.</summary>
public static class CallBackDecider
{
    /// <param name="zone">Of the house, whose hours people are called in.</param>
    public static Decision Decide(CallBackState? state, CallBackId id, CallBackCommand command, DateTimeOffset now, DeskBook book, WallClock clock)
    {
        if (command is PlanCallBack plan)
            return state is null
                ? new CallBackPlanned(plan.Id, plan.Tenant, plan.Job, plan.ClosedAt, CallingHours.Next(plan.ClosedAt.AddHours(book.CallBack.AfterHours), book.CallBack, clock))
                : Decision.Nothing;
        if (state is not { } call)
            return CallBackRefusals.Unknown(id);
        return command switch
        {
            TakeCallBack c => Taken(call, c, now),
            ReturnCallBack c => CallBackRefusals.NotHeldBy(call, c.By) is { } refusal ? refusal : new CallBackReturned(c.By, now),
            RecordNotReached c => NotReached(call, c, now, book.CallBack, clock),
            RateService c => Rated(call, c, now, book.CallBack),
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
        };
    }

    private static Decision Taken(CallBackState call, TakeCallBack c, DateTimeOffset now) => call.Status switch
    {
        CallBackStatus.Planned => new CallBackTaken(c.By, now),
        CallBackStatus.Calling when call.Agent == c.By => Decision.Nothing,
        CallBackStatus.Calling => CallBackRefusals.AlreadyTaken(call),
        _ => CallBackRefusals.Ended(call),
    };

    private static Decision NotReached(CallBackState call, RecordNotReached c, DateTimeOffset now, CallBackRule rule, WallClock clock)
    {
        if (CallBackRefusals.NotHeldBy(call, c.By) is { } refusal)
            return refusal;
        int tries = call.Tries + 1;
        if (tries >= rule.MostTries)
            return new CallBackGivenUp(c.By, now);
        int hours = rule.AgainAfterHours[Math.Min(tries, rule.AgainAfterHours.Length) - 1];
        return new CustomerNotReached(c.By, now, CallingHours.Next(now.AddHours(hours), rule, clock));
    }

    /// <summary>By the link at any time until somebody has rated; on the phone by whoever is calling. A low score or a stated complaint leads to a complaint.</summary>
    private static Decision Rated(CallBackState call, RateService c, DateTimeOffset now, CallBackRule rule)
    {
        if (!c.Rating.IsWithinRange)
            return CallBackRefusals.ScoreOutOfRange(call);
        if (call.Status == CallBackStatus.Rated)
            return CallBackRefusals.Ended(call);
        if (!c.ByLink && CallBackRefusals.NotHeldBy(call, c.By) is { } refusal)
            return refusal;
        bool complaint = c.Complains || c.Rating.Lowest <= rule.ComplaintAtMost;
        return new ServiceRated(c.By, c.Rating, c.Remark, c.ByLink, complaint, now);
    }
}

/// <summary>When people may be called.</summary>
public static class CallingHours
{
    /// <summary>This moment if people may be called then, else the next one at which they may.</summary>
    public static DateTimeOffset Next(DateTimeOffset moment, CallBackRule rule, WallClock clock)
    {
        TimeOnly time = TimeOnly.FromDateTime(clock.At(moment).DateTime);
        if (time >= rule.From && time < rule.To)
            return moment.ToUniversalTime();
        DateOnly today = clock.DayOf(moment);
        // Asked again, because a change of clocks may leave out the hour, or the whole day.
        return Next(clock.First(time < rule.From ? today : today.AddDays(1), rule.From), rule, clock);
    }
}

/// <summary>What each fact makes of a call-back. The same function serves writing and replay.</summary>
public static class CallBackEvolution
{
    public static CallBackState Apply(CallBackState? state, CallBackEvent fact)
    {
        if (fact is CallBackPlanned p)
            return new CallBackState(p.Id, p.Tenant, p.Job, CallBackStatus.Planned, p.ClosedAt, p.DueAt, 0, null, null, false, null, false, null);
        if (state is not { } call)
            throw new InvalidOperationException($"{fact.GetType().Name} before the call-back was planned");
        return fact switch
        {
            CallBackTaken e => call with { Status = CallBackStatus.Calling, Agent = e.By },
            CallBackReturned => call with { Status = CallBackStatus.Planned, Agent = null },
            CustomerNotReached e => call with { Status = CallBackStatus.Planned, Agent = null, Tries = call.Tries + 1, DueAt = e.DueAt },
            CallBackGivenUp e => call with { Status = CallBackStatus.GivenUp, Tries = call.Tries + 1, EndedAt = e.At },
            ServiceRated e => call with { Status = CallBackStatus.Rated, Rating = e.Rating, ByLink = e.ByLink, Remark = e.Remark, Complaint = e.Complaint, EndedAt = e.At },
            _ => throw new InvalidOperationException($"No rule for {fact.GetType().Name}"),
        };
    }
}

/// <summary>Every no a call-back can give. Each code is a row of docs/refusals.md.</summary>
public static class CallBackRefusals
{
    public static Refusal Unknown(CallBackId id) => Refusal.Of("callback.unknown", RefusalKind.Unknown, ("callBackId", id));

    /// <summary>There is nothing to rate yet.</summary>
    public static Refusal JobNotClosed(JobId job) => Refusal.Of("callback.job_not_closed", RefusalKind.Conflict, ("jobId", job));
    public static Refusal AlreadyTaken(CallBackState call) => Refusal.Of("callback.already_taken", RefusalKind.Conflict, ("callBackId", call.Id), ("agent", call.Agent));
    public static Refusal Ended(CallBackState call) => Refusal.Of("callback.ended_before", RefusalKind.Conflict, ("callBackId", call.Id), ("status", call.Status));
    public static Refusal ScoreOutOfRange(CallBackState call) => Refusal.Of("callback.score_out_of_range", RefusalKind.Invalid, ("callBackId", call.Id), ("least", Satisfaction.Worst), ("most", Satisfaction.Best));

    /// <summary>Null if this agent is calling.</summary>
    public static Refusal? NotHeldBy(CallBackState call, string agent) => call.Status switch
    {
        CallBackStatus.Calling when call.Agent == agent => null,
        CallBackStatus.Calling => AlreadyTaken(call),
        CallBackStatus.Planned => Refusal.Of("callback.not_taken", RefusalKind.Conflict, ("callBackId", call.Id)),
        _ => Ended(call),
    };
}
