namespace Dispatch.Api.Input;

/// <summary>Something that was taken as it came and may still not be meant.</summary>
/// <param name="Code">A row of docs/refusals.md.</param>
/// <param name="Field">As problems name it, for example <c>contact.phone</c>.</param>
internal sealed record Warning(string Code, string Field);

/// <summary>A warning in an answer.</summary>
/// <param name="Code">A row of docs/refusals.md.</param>
/// <param name="Field">Which field of the request it is about.</param>
/// <param name="Title">What the code means, in English.</param>
public sealed record WarningView(string Code, string Field, string Title)
{
    /// <summary>Null where there are none, so that an answer without warnings has no such member.</summary>
    internal static IReadOnlyList<WarningView>? AllOf(IReadOnlyList<Warning> warnings) =>
        warnings.Count == 0 ? null : [.. warnings.Select(w => new WarningView(w.Code, w.Field, Problems.ProblemTexts.Title(w.Code)))];
}
