using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Domain.ServiceDesk.Escalations;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServiceDesk;

namespace Dispatch.Api.ServiceDesk;

/// <summary>Finds things of the service desk and asks the policy. What cannot be an id is unknown without a look.</summary>
internal sealed class DeskThings(IGrainFactory grains)
{
    public IContactGrain Contact(TenantId tenant, ContactId id) => grains.GetGrain<IContactGrain>(GrainKeys.Of(tenant, id.Value));
    public IEscalationGrain Escalation(TenantId tenant, EscalationId id) => grains.GetGrain<IEscalationGrain>(GrainKeys.Of(tenant, id.Value));
    public ICallBackGrain CallBack(TenantId tenant, CallBackId id) => grains.GetGrain<ICallBackGrain>(GrainKeys.Of(tenant, id.Value));
    public ICaseGrain Case(TenantId tenant, CaseId id) => grains.GetGrain<ICaseGrain>(GrainKeys.Of(tenant, id.Value));

    /// <summary>The contact, if the caller may do this to it. The holder of its token owns it.</summary>
    public async Task<(VersionedDesk<ContactState>? Contact, Refused? Refused)> Find(Caller caller, string id, Act act)
    {
        ContactId contact = new(id);
        if (caller.May(act, own: caller.TrackedContact == contact) is { } refused)
            return (null, refused);
        VersionedDesk<ContactState>? found = Words.IsId(id, ContactId.Prefix) ? await Contact(caller.Tenant, contact).Get() : null;
        return found is null ? (null, Refused.Of(ContactRefusals.Unknown(contact))) : (found, null);
    }

    /// <summary>The escalation, if the caller may do this to it. Whoever asked it owns it.</summary>
    public async Task<(VersionedDesk<EscalationState>? Escalation, Refused? Refused)> FindEscalation(Caller caller, string id, Act act)
    {
        EscalationId escalation = new(id);
        VersionedDesk<EscalationState>? found = Words.IsId(id, EscalationId.Prefix) ? await Escalation(caller.Tenant, escalation).Get() : null;
        if (caller.May(act, own: found?.State.AskedBy == caller.Subject) is { } refused)
            return (null, refused);
        return found is null ? (null, Refused.Of(EscalationRefusals.Unknown(escalation))) : (found, null);
    }

    public async Task<(VersionedDesk<CallBackState>? CallBack, Refused? Refused)> FindCallBack(Caller caller, string id)
    {
        VersionedDesk<CallBackState>? found = Words.IsId(id, CallBackId.Prefix) ? await CallBack(caller.Tenant, new CallBackId(id)).Get() : null;
        return found is null ? (null, Refused.Of(CallBackRefusals.Unknown(new CallBackId(id)))) : (found, null);
    }

    public async Task<(VersionedDesk<CaseState>? Case, Refused? Refused)> FindCase(Caller caller, string id)
    {
        VersionedDesk<CaseState>? found = Words.IsId(id, CaseId.Prefix) ? await Case(caller.Tenant, new CaseId(id)).Get() : null;
        return found is null ? (null, Refused.Of(CaseRefusals.Unknown(new CaseId(id)))) : (found, null);
    }
}
