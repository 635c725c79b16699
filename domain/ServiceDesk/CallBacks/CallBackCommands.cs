namespace Dispatch.Domain.ServiceDesk.CallBacks;

/// <summary>What somebody wants of a call-back. <c>By</c> is a subject id, never a name.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.callBackCommand")]
public abstract record CallBackCommand;

/// <summary>A job has ended and its customer is to be called. Says nothing new of a call-back that exists.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.callBack.plan")]
public sealed record PlanCallBack([property: Id(0)] CallBackId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] JobId Job, [property: Id(3)] DateTimeOffset ClosedAt) : CallBackCommand
{
    public static PlanCallBack Of(TenantId tenant, JobId job, DateTimeOffset closedAt) => new(CallBackId.Of(tenant, job), tenant, job, closedAt);
}

/// <summary>An agent begins to call. Of several at once exactly one gets it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.callBack.take")]
public sealed record TakeCallBack([property: Id(0)] string By) : CallBackCommand;

/// <summary>The agent leaves it to others, without having called.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.callBack.return")]
public sealed record ReturnCallBack([property: Id(0)] string By) : CallBackCommand;

/// <summary>Nobody answered.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.callBack.notReached")]
public sealed record RecordNotReached([property: Id(0)] string By) : CallBackCommand;

/// <summary>What the customer said.</summary>
/// <param name="Complains">The customer states a complaint, whatever the scores are.</param>
[GenerateSerializer, Immutable, Alias("dispatch.callBack.rate")]
public sealed record RateService(
    [property: Id(0)] string By, [property: Id(1)] Satisfaction Rating, [property: Id(2)] DeskText? Remark, [property: Id(3)] bool Complains, [property: Id(4)] bool ByLink) : CallBackCommand;
