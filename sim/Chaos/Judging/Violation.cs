namespace Dispatch.Sim.Chaos.Judging;

/// <summary>What can be wrong with a server that was killed.</summary>
public enum Wrong
{
    /// <summary>A command was acknowledged, and its effect is not in the history, or not as it was acknowledged.</summary>
    WorkLost,
    /// <summary>A command has more effects than one, or one although it was refused.</summary>
    DuplicateEffect,
    /// <summary>Two had a job at a time, or one had two at a time.</summary>
    DoubleAssignment,
    /// <summary>A bench day above its places, or a part promised twice.</summary>
    CapacityOverrun,
    /// <summary>A watcher missed, repeated or was told something else than the stream holds, and nobody noticed.</summary>
    FeedGap,
    /// <summary>A later command or look did not see an earlier one.</summary>
    OrderBroken,
    /// <summary>The same command under the same key was answered otherwise.</summary>
    AnswerChanged,
    /// <summary>A thing went a way there is not, or a promise was kept after its job had ended.</summary>
    Inconsistent,
    /// <summary>The server failed where it should have refused, or ended by itself.</summary>
    ServerFailed,
    /// <summary>A record or a row was put back to an older state, or an event stands for a state that never was.</summary>
    StaleWrite,
    /// <summary>A command was repeated until patience ended, and nobody ever decided it.</summary>
    NeverSucceeded,
}

/// <param name="What">One sentence, with the ids to look for.</param>
public sealed record Violation(Wrong Kind, string What);

/// <summary>What the judge found, and how much there was to judge.</summary>
/// <param name="NothingToDo">Acknowledged commands that changed nothing, because what they wanted was so already.</param>
/// <param name="UnansweredWithEffect">Commands nobody answered that happened all the same, as they may.</param>
public sealed record Verdict(IReadOnlyList<Violation> Violations, int Effects, int NothingToDo, int UnansweredWithEffect)
{
    /// <summary>The same with what else was found.</summary>
    public Verdict And(IReadOnlyList<Violation> others) => this with { Violations = [.. Violations, .. others] };

    public int Count(params ReadOnlySpan<Wrong> kinds)
    {
        int count = 0;
        foreach (Violation v in Violations)
            count += kinds.Contains(v.Kind) ? 1 : 0;
        return count;
    }
}
