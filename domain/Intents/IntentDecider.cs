using System.Collections.Immutable;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Intents;

using Decision = Decision<IntentEvent>;

/// <summary>Says what a command does to a change of plan: facts or a refusal. Pure. Once it is committed or withdrawn, nothing changes it.</summary>
public static class IntentDecider
{
    /// <param name="now">Business time.</param>
    /// <param name="clockSpeed">Seconds of business time per second of process time, by which the time to decide is stretched.</param>
    public static Decision Decide(IntentState? state, IntentId id, IntentCommand command, DateTimeOffset now, double clockSpeed = 1)
    {
        if (command is OpenIntent open)
            return state is null ? Opened(open, now, clockSpeed) : IsSame(state, open) ? Decision.Nothing : IntentRefusals.IdTaken(id);
        if (state is not { } intent)
            return IntentRefusals.Unknown(id);
        return (command, intent.Status) switch
        {
            (CommitIntent, IntentStatus.Open) => now < intent.DecideBy ? new IntentCommitted(now) : new IntentWithdrawn(IntentRefusals.Expired(id, intent.DecideBy), now),
            (CommitIntent, IntentStatus.Withdrawn) => IntentRefusals.AlreadyWithdrawn(id),
            (WithdrawIntent c, IntentStatus.Open) => new IntentWithdrawn(c.Why, now),
            (WithdrawIntent, IntentStatus.Committed) => IntentRefusals.AlreadyCommitted(id),
            (DecideIntent c, IntentStatus.Open) => new IntentWithdrawn(now < intent.DecideBy ? IntentRefusals.Overtaken(id, c.By) : IntentRefusals.Expired(id, intent.DecideBy), now),
            (CommitIntent or WithdrawIntent or DecideIntent, _) => Decision.Nothing,
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
        };
    }

    public static IntentState Apply(IntentState? state, IntentEvent fact) => (state, fact) switch
    {
        (_, IntentOpened e) => new IntentState(e.Id, e.Tenant, e.Zone, e.Moves, e.Reason, e.Overrules, IntentStatus.Open, e.At, e.DecideBy, null, null),
        ({ } intent, IntentCommitted e) => intent with { Status = IntentStatus.Committed, DecidedAt = e.At },
        ({ } intent, IntentWithdrawn e) => intent with { Status = IntentStatus.Withdrawn, DecidedAt = e.At, Why = e.Why },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} before it was opened"),
    };

    private static Decision Opened(OpenIntent c, DateTimeOffset now, double clockSpeed)
    {
        if (Fault(c.Moves) is { } refusal)
            return refusal;
        return new IntentOpened(c.Id, c.Tenant, c.Zone, c.Moves, c.Reason, c.Overrules, now, now + clockSpeed * IntentRules.Bounded(c.Within));
    }

    private static Refusal? Fault(ImmutableArray<JobMove> moves)
    {
        if (moves.IsDefaultOrEmpty)
            return IntentRefusals.NoMoves();
        if (moves.Length > IntentRules.MostMoves)
            return IntentRefusals.TooManyMoves(moves.Length);
        HashSet<JobId> seen = [];
        foreach (JobMove move in moves)
        {
            if (!seen.Add(move.Job))
                return IntentRefusals.JobTwice(move.Job);
            if ((move.To is null) != (move.Visit is null) || (move.To is null && move.From is null))
                return IntentRefusals.NoMove(move.Job);
            if (move.Visit is { } v && (v.ArriveAt < v.DepartAt || v.StartAt < v.ArriveAt || v.FinishAt < v.StartAt))
                return IntentRefusals.VisitReversed(move.Job);
        }
        return null;
    }

    private static bool IsSame(IntentState intent, OpenIntent c) =>
        intent.Zone == c.Zone && intent.Overrules == c.Overrules && string.Equals(intent.Reason, c.Reason, StringComparison.Ordinal) && intent.Moves.SequenceEqual(c.Moves);
}
