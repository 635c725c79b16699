using System.Globalization;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Rules;

/// <summary>Every way a file of rules can be wrong. Each code is a row of docs/refusals.md.</summary>
public static class RuleProblems
{
    public static Refusal Malformed(string file, string path) => Refusal.Of("rules.malformed", RefusalKind.Invalid, ("file", file), ("path", path));

    public static Refusal SchemaUnknown(string file, int schema, int known) => Refusal.Of("rules.schema_unknown", RefusalKind.Invalid, ("file", file), ("schema", schema), ("known", known));

    /// <summary>Two files say what holds of one book from one day on.</summary>
    public static Refusal Duplicate(string book, DateOnly from, string file, string other) =>
        Refusal.Of("rules.duplicate", RefusalKind.Invalid, ("book", book), ("inForceFrom", Text(from)), ("file", file), ("other", other));

    /// <summary>Two books decide about the same on the same day, and which of them would win is chance.</summary>
    public static Refusal Overlap(string about, DateOnly on, string file, string other) =>
        Refusal.Of("rules.overlap", RefusalKind.Invalid, ("about", about), ("on", Text(on)), ("file", file), ("other", other));

    /// <summary>Amounts that meet on a day are in two currencies.</summary>
    public static Refusal Currencies(string file, string currency, string other, string otherCurrency, DateOnly on) =>
        Refusal.Of("rules.currency_mismatch", RefusalKind.Invalid, ("file", file), ("currency", currency), ("other", other),
            ("otherCurrency", otherCurrency), ("on", Text(on)));

    /// <summary>Nothing was in force for this on that day.</summary>
    public static Refusal NoneInForce(string about, DateOnly on) => Refusal.Of("rules.none_in_force", RefusalKind.Unprocessable, ("about", about), ("on", Text(on)));

    /// <summary>Several faults in one problem: each fact is a path and what is wrong there.</summary>
    public static Refusal Invalid(string file, IEnumerable<(string Path, string Fault)> faults) =>
        Refusal.Of("rules.invalid", RefusalKind.Invalid, [("file", file), .. faults.Select(f => (f.Path, (object?)f.Fault))]);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
