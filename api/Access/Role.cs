namespace Dispatch.Api.Access;

/// <summary>Who somebody is to this house. A set, so that the policy can name several at once; a caller has exactly one.</summary>
[Flags]
public enum Role
{
    /// <summary>Nobody signed in.</summary>
    Anonymous = 1,
    /// <summary>Runs the operation; may do all that a dispatcher may.</summary>
    Manager = 2,
    /// <summary>Watches and steps in.</summary>
    Dispatcher = 4,
    /// <summary>Repairs; the subject is a technician id.</summary>
    Technician = 8,
    /// <summary>Staff of a service point; the subject is its id.</summary>
    Point = 16,
    /// <summary>Holder of a tracking token; the subject is a job id.</summary>
    Customer = 32,
    /// <summary>Moves parcels.</summary>
    Carrier = 64,
    /// <summary>A seller's desk: has refunds and exchanges to hand over, sees nothing else.</summary>
    Seller = 128,
    /// <summary>Answers customers at the service desk: contacts, call-backs, complaints.</summary>
    Agent = 256,
    /// <summary>The second line: answers what agents and technicians cannot solve.</summary>
    Expert = 512,
}

/// <summary>Words of roles in tokens, accounts and answers.</summary>
public static class Roles
{
    public const Role Staff = Role.Manager | Role.Dispatcher | Role.Point;
    public const Role Directors = Role.Manager | Role.Dispatcher;
    public const Role ServiceDesk = Directors | Role.Agent;
    public const Role Everybody = Role.Anonymous | Staff | Role.Agent | Role.Expert | Role.Technician | Role.Customer | Role.Carrier | Role.Seller;

    /// <summary>The roles an account can have.</summary>
    public const Role WithAccount = Staff | Role.Agent | Role.Expert | Role.Technician | Role.Carrier | Role.Seller;

    public static string Word(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>The role of that word, or null.</summary>
    public static Role? Find(string? word)
    {
        foreach (Role role in Enum.GetValues<Role>())
            if (string.Equals(Word(role), word, StringComparison.Ordinal))
                return role;
        return null;
    }
}
