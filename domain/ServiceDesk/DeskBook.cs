using System.Collections.Immutable;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;
using Dispatch.Domain.ServiceDesk.Contacts;

namespace Dispatch.Domain.ServiceDesk;

/// <summary>How soon contacts of a kind are answered on average.</summary>
public sealed record AnswerPromise
{
    public required ContactKind Kind { get; init; }

    /// <summary>Source of the figure.</summary>
    public required string Clause { get; init; }

    public required int Seconds { get; init; }

    public TimeSpan Within => TimeSpan.FromSeconds(Seconds);
}

/// <summary>When customers are called after a job, and what of their answer is a complaint.</summary>
public sealed record CallBackRule
{
    public required string Clause { get; init; }

    /// <summary>Hours from the end of the job to the call.</summary>
    public required int AfterHours { get; init; }

    /// <summary>People are called from this time of day on, in the zone of the house.</summary>
    public required TimeOnly From { get; init; }

    public required TimeOnly To { get; init; }

    /// <summary>Hours to the next try after each one that reached nobody; the last stands for all after it.</summary>
    public required ImmutableArray<int> AgainAfterHours { get; init; }

    /// <summary>After so many tries that reached nobody it is given up.</summary>
    public required int MostTries { get; init; }

    /// <summary>A score of 1 to 5 in any dimension that is not above this opens a complaint.</summary>
    public required int ComplaintAtMost { get; init; }
}

/// <summary>Figures of complaints.</summary>
public sealed record CaseRule
{
    public required string Clause { get; init; }

    /// <summary>Days until somebody responsible has to have it done, unless they name another day.</summary>
    public required int DueDays { get; init; }

    /// <summary>So many proposals; after the last refused one it is settled outside or closed.</summary>
    public required int MostProposals { get; init; }

    public required string Currency { get; init; }

    /// <summary>The largest refund, in minor units of money.</summary>
    public required long MostRefund { get; init; }
}

/// <summary>One version of the figures of the service desk; a file under <c>domain/ServiceDesk/Rules</c>, or one the house puts beside it.</summary>
public sealed record DeskBook : RuleBook, IMoneyRules
{
    string? IMoneyRules.Currency => Complaints.Currency;

    public required ImmutableArray<AnswerPromise> Promises { get; init; }

    public required CallBackRule CallBack { get; init; }

    public required CaseRule Complaints { get; init; }

    /// <summary>The built-in books.</summary>
    public static RuleShelf<DeskBook> BuiltIn { get; } = RuleFiles.BuiltIn<DeskBook>("desk", Read);

    public AnswerPromise PromiseOf(ContactKind kind) => Promises.First(p => p.Kind == kind);

    /// <summary>The book of that file, or what is wrong with it.</summary>
    public static (DeskBook? Value, Refusal? Problem) Read(RuleFile file) => RuleText.ReadBook<DeskBook>(file);

    protected internal override void Check(RuleCheck check)
    {
        check.Unique(Promises.Select(p => p.Kind), "promises");
        foreach (ContactKind kind in Enum.GetValues<ContactKind>().Where(kind => Promises.All(p => p.Kind != kind)))
            check.Fault($"promises.{kind}", "missing");
        foreach (AnswerPromise promise in Promises)
            check.Range(promise.Seconds, 1, 86_400, $"promises.{promise.Kind}.seconds");
        check.Range(CallBack.AfterHours, 0, 24 * 30, "callBack.afterHours");
        if (CallBack.To <= CallBack.From)
            check.Fault("callBack.to", "out_of_range");
        if (CallBack.AgainAfterHours.IsDefaultOrEmpty)
            check.Fault("callBack.againAfterHours", "empty");
        else
            foreach (int hours in CallBack.AgainAfterHours)
                check.Range(hours, 1, 24 * 30, "callBack.againAfterHours");
        check.Range(CallBack.MostTries, 1, 20, "callBack.mostTries");
        check.Range(CallBack.ComplaintAtMost, 0, 5, "callBack.complaintAtMost");
        check.Range(Complaints.DueDays, 1, 365, "complaints.dueDays");
        check.Range(Complaints.MostProposals, 1, 10, "complaints.mostProposals");
        check.Range(Complaints.MostRefund, 1, 1_000_000_000, "complaints.mostRefund");
        check.Currency(Complaints.Currency, "complaints.currency");
    }
}

/// <summary>All versions of the desk's figures and the clock whose days they go by.</summary>
public sealed record DeskRules(RuleShelf<DeskBook> Shelf, WallClock Clock)
{
    /// <summary>The built-in figures in UTC.</summary>
    public static DeskRules Standard { get; } = new(DeskBook.BuiltIn, WallClock.Utc);

    /// <summary>The figures of the day this moment lies in.</summary>
    /// <exception cref="InvalidOperationException">No version was in force yet.</exception>
    public DeskBook At(DateTimeOffset now) =>
        Shelf.Find(_ => true, DayOf(now)) ?? throw new InvalidOperationException($"No figures of the service desk are in force on {DayOf(now):yyyy-MM-dd}.");

    public DateOnly DayOf(DateTimeOffset now) => Clock.DayOf(now);

    /// <summary>The first moment of the day this one lies in.</summary>
    public DateTimeOffset BeginOf(DateTimeOffset now) => Clock.First(DayOf(now), TimeOnly.MinValue);
}
