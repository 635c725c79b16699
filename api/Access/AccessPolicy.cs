using System.Collections.Frozen;
using Dispatch.Api.Problems;

namespace Dispatch.Api.Access;

/// <summary>
/// Who may do what: the only place that decides it. A right is held always, or only over what is one's own: a technician's own record and the jobs that are
/// offered to them or theirs; the one job of a tracking token.
/// </summary>
public static class AccessPolicy
{
    private readonly record struct Grant(Role Always, Role OnOwn = default);

    /// <summary>Those behind the telephone: they see jobs and direct none.</summary>
    private const Role SecondRow = Role.Agent | Role.Expert;

    private static readonly FrozenDictionary<Act, Grant> Table = new Dictionary<Act, Grant>
    {
        [Act.SignIn] = new(Roles.Everybody),
        [Act.ReadCatalogue] = new(Roles.Everybody),
        [Act.RequestJob] = new(Roles.Everybody),
        [Act.StateNeeds] = new(Roles.Staff),
        [Act.ListJobs] = new(Roles.Staff | SecondRow, Role.Technician),
        [Act.ReadJob] = new(Roles.Staff | SecondRow, Role.Technician),
        [Act.FollowJob] = new(Roles.Staff | SecondRow, Role.Technician | Role.Customer),
        [Act.ReadJobHistory] = new(Roles.Staff | SecondRow),
        [Act.ReadContact] = new(Roles.ServiceDesk, Role.Technician),
        [Act.DirectJob] = new(Roles.Directors),
        [Act.ChangePlan] = new(Roles.Directors),
        [Act.AnswerOffer] = new(default, Role.Technician),
        [Act.ReportStep] = new(default, Role.Technician),
        [Act.ChangeJob] = new(Roles.ServiceDesk, Role.Customer),
        [Act.CorrectDevice] = new(Roles.ServiceDesk, Role.Technician | Role.Point),
        [Act.Track] = new(Roles.Everybody),
        [Act.ChangeLink] = new(Roles.ServiceDesk),
        [Act.RegisterTechnician] = new(Roles.Directors),
        [Act.ListTechnicians] = new(Roles.Staff, Role.Technician),
        [Act.ReadTechnician] = new(Roles.Staff, Role.Technician),
        [Act.SetDuty] = new(Roles.Directors, Role.Technician),
        [Act.ReportPosition] = new(default, Role.Technician),
        [Act.ReportDepotCall] = new(default, Role.Technician),
        [Act.DefinePoint] = new(Role.Manager),
        [Act.ReadPoint] = new(Roles.Staff),
        [Act.PrintLabel] = new(Roles.Directors, Role.Point),
        [Act.ReportBenchStep] = new(Roles.Directors, Role.Point),
        [Act.MoveParcels] = new(Role.Manager | Role.Carrier),
        [Act.AddAccount] = new(Role.Manager),
        [Act.DefineZone] = new(Role.Manager),
        [Act.ReadZone] = new(Roles.Staff),
        [Act.ReadMessages] = new(Roles.ServiceDesk),
        [Act.ResendMessage] = new(Roles.Directors),
        [Act.AskWhatIsOwed] = new(Roles.Everybody),
        [Act.StateTerms] = new(Roles.Staff | Role.Agent),
        [Act.ReadDevice] = new(Roles.Staff | SecondRow | Role.Technician),
        [Act.RegisterDevice] = new(Roles.Staff | Role.Technician),
        [Act.RunExchange] = new(Roles.Staff | Role.Technician | Role.Seller),
        [Act.ReadExchanges] = new(Roles.Staff | Role.Technician | Role.Seller),
        [Act.GiveQuote] = new(Roles.Directors, Role.Technician | Role.Point),
        [Act.AnswerQuote] = new(Roles.Directors, Role.Technician | Role.Point | Role.Customer),
        [Act.ReadCosts] = new(Roles.Directors),
        [Act.OpenContact] = new(Roles.Everybody),
        [Act.StateChannel] = new(Roles.Staff | Role.Agent),
        [Act.ReadDesk] = new(Roles.ServiceDesk | Role.Expert),
        [Act.FollowContact] = new(Roles.ServiceDesk | Role.Expert, Role.Customer),
        [Act.WorkDesk] = new(Roles.ServiceDesk),
        [Act.AskExpert] = new(Roles.Staff | Role.Agent, Role.Technician),
        [Act.ReadEscalation] = new(Roles.Staff | SecondRow, Role.Technician),
        [Act.AnswerExpert] = new(Role.Manager | Role.Expert),
        [Act.WatchPositions] = new(Roles.Staff, Role.Technician | Role.Customer),
    }.ToFrozenDictionary();

    /// <summary>Null if the role may; <paramref name="own"/> says whether the thing is the caller's own.</summary>
    public static Refused? Decide(Role role, Act act, bool own)
    {
        Grant grant = Table[act];
        if ((grant.Always & role) != 0 || (own && (grant.OnOwn & role) != 0))
            return null;
        return role == Role.Anonymous ? EdgeRefusals.AuthRequired() : EdgeRefusals.Forbidden();
    }

    /// <summary>Whether the right depends on whose the thing is.</summary>
    public static bool NeedsOwn(Role role, Act act) => (Table[act].Always & role) == 0;
}
