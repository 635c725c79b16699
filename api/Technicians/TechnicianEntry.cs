using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Api.Reading;

namespace Dispatch.Api.Technicians;

/// <summary>Adds a technician and, where asked for, the account they sign in with.</summary>
internal sealed class TechnicianEntry(Ownership ownership, Accounts accounts, ViewReader views)
{
    /// <summary>
    /// The account comes first because its name may be taken; it is taken back if the technician does not come about. A crash in between leaves an account without
    /// a technician, which the repetition of the request completes.
    /// </summary>
    public async Task<(TechnicianView? Technician, Refused? Refused)> Register(Posted<RegisterTechnicianRequest> posted, CancellationToken cancellation)
    {
        (Caller caller, RegisterTechnicianRequest body) = (posted.Caller, posted.Value);
        Operation operation = posted.OperationOn("technicians");
        TechnicianId id = TechnicianId.Derive(caller.Tenant, operation.Id);
        TechnicianProfile profile = body.ToProfile();
        if (await views.VersionOf(caller.Tenant, ChangeToken.Zone, profile.Zone.Value, cancellation) == 0)
            return (null, Refused.Of(ZoneDecider.Unknown(profile.Zone)));
        (bool isNew, Refused? taken) = await AddAccount(caller, id, profile.Name, body.SignIn, cancellation);
        if (taken is not null)
            return (null, taken);
        TechnicianReply reply = await ownership.TechnicianGrain(caller.Tenant, id).Execute(new RegisterTechnician(id, caller.Tenant, profile), operation);
        if (reply.Refusal is { } refusal)
        {
            if (isNew)
                await accounts.Remove(body.SignIn!.User!, cancellation);
            return (null, Refused.Of(refusal));
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
