using Dispatch.Api.Access;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServiceDesk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dispatch.Api.ServiceDesk;

/// <summary>Takes down what a customer says of a job, on the phone or by the tracking link.</summary>
internal sealed class RatingDesk(DeskThings things, DeskCommands desk)
{
    public async Task<Results<Ok<DeskReplyView>, Refused>> Rate(Caller caller, CallBackId id, RateRequest body, bool byLink, Operation operation, CancellationToken cancellation)
    {
        string by = byLink ? ContactDecider.Customer : caller.Subject;
        (DeskReplyView? reply, Refused? refused) = await desk.Run(
            caller, ChangeToken.CallBack, id.Value, "rate", body.Remark, operation,
            remark => things.CallBack(caller.Tenant, id).Execute(new RateService(by, body.ToRating(), remark, body.Complaint == true, byLink), operation), cancellation);
        return refused is null ? TypedResults.Ok(reply) : refused;
    }
}
