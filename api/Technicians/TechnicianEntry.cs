using System.Text.Json;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Api.Reading;

namespace Dispatch.Api.Technicians;

/// <summary>Adds a technician and, where asked for, the account they sign in with.</summary>
internal sealed class TechnicianEntry(Ownership ownership, Accounts accounts, ViewReader views, RowKeys keys)
{
    /// <summary>
    /// The account comes first because its name may be taken; it is taken back if the technician does not come about. A crash in between leaves an account without
    /// a technician, which the repetition of the request completes.
    /// </summary>
    public async Task<(TechnicianView? Technician, Refused? Refused)> Register(Posted<RegisterTechnicianRequest> posted, CancellationToken cancellation)
    {
        (Caller caller, RegisterTechnicianRequest body) = (posted.Caller, posted.Value);
        Operation operation = posted.OperationOn("technicians");
        TechnicianProfile profile = body.ToProfile();
        TechnicianId own = TechnicianId.Derive(caller.Tenant, operation.Id);
        TechnicianId id = profile.ExternalId is { } external ? TechnicianId.OfExternal(caller.Tenant, external) : own;
        if (await Answered(caller, id, own, profile, operation, cancellation) is { } before)
            return before;
        if (await views.VersionOf(caller.Tenant, ChangeToken.Zone, profile.Zone.Value, cancellation) == 0)
            return (null, Refused.Of(ZoneDecider.Unknown(profile.Zone)));
        (bool isNew, Refused? taken) = await AddAccount(caller, id, profile.Name, body.SignIn, cancellation);
        if (taken is not null)
            return (null, taken);
        TechnicianReply reply = await Execute(caller, id, profile, operation);
        if (reply.Refusal is not null && isNew)
            await accounts.Remove(body.SignIn!.User!, cancellation);
        return ToAnswer(caller, id, profile, reply);
    }

    /// <summary>
    /// What a record says that is already there: the first answer again, that the key was used for something else, or that the external id
    /// is another's. A key that was first sent with another external id, or with none, led to another record, which is asked as well: the
    /// same key must not enter two people.
    /// </summary>
    private async Task<(TechnicianView? Technician, Refused? Refused)?> Answered(
        Caller caller, TechnicianId id, TechnicianId own, TechnicianProfile profile, Operation operation, CancellationToken cancellation)
    {
        string key = $"technician:operation:{operation.Id.Value}";
        string? claimed = await keys.Find(caller.Tenant, key, cancellation);
        TechnicianId[] others = [own, claimed is null ? own : new TechnicianId(claimed)];
        foreach (TechnicianId other in others.Distinct().Where(other => other != id))
            if (await ownership.TechnicianGrain(caller.Tenant, other).Get() is not null
                && await Execute(caller, other, profile, operation) is { Refusal: null or { Code: "operation.key_reused" } } known)
                return ToAnswer(caller, other, profile, known);
        if (await ownership.TechnicianGrain(caller.Tenant, id).Get() is not null)
            return ToAnswer(caller, id, profile, await Execute(caller, id, profile, operation));
        if (id != own && claimed != id.Value)
            await keys.Put(caller.Tenant, key, ChangeToken.Technician, id.Value, cancellation);
        return null;
    }

    private Task<TechnicianReply> Execute(Caller caller, TechnicianId id, TechnicianProfile profile, Operation operation) =>
        ownership.TechnicianGrain(caller.Tenant, id).Execute(new RegisterTechnician(id, caller.Tenant, profile), operation);

    private static (TechnicianView? Technician, Refused? Refused) ToAnswer(
        Caller caller, TechnicianId id, TechnicianProfile profile, TechnicianReply reply)
    {
        if (reply.Refusal is { } refusal)
        {
            object present = new { Id = id.Value, reply.Version };
            return (null, Refused.Of(refusal, refusal.Kind == RefusalKind.Conflict ? JsonSerializer.SerializeToNode(present, ApiJson.Options) : null));
        }
        // As registered, and not as they are by now: a repetition reads the same.
        TechnicianState registered = TechnicianEvolution.Apply(null, new TechnicianRegistered(id, caller.Tenant, profile), DateTimeOffset.UnixEpoch);
        return (TechnicianView.Of(registered, reply.Version), null);
    }

    private async Task<(bool IsNew, Refused? Taken)> AddAccount(Caller caller, TechnicianId id, string name, NewSignIn? signIn, CancellationToken cancellation)
    {
        if (signIn is null)
            return (false, null);
        string user = Account.Normalise(signIn.User!);
        if (await accounts.Find(user, cancellation) is { } known)
            return (false, known.SubjectId == id.Value ? null : EdgeRefusals.UserTaken(user));
        Account account = new(user, caller.Tenant.Value, Role.Technician, id.Value, name, accounts.Hash(signIn.Password!));
        if (await accounts.Add(account, cancellation))
            return (true, null);
        return (await accounts.Find(user, cancellation))?.SubjectId == id.Value ? (false, null) : (false, EdgeRefusals.UserTaken(user));
    }
}
