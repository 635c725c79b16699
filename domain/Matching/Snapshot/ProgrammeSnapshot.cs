namespace Dispatch.Domain.Matching;

/// <summary>A brand's programme of visits, which is smaller than the demand.</summary>
/// <param name="Code">Unique in the snapshot.</param>
/// <param name="Left">How many more jobs of it may be planned, 0 or more.</param>
[GenerateSerializer, Immutable, Alias("dispatch.planningProgramme")]
public sealed record ProgrammeSnapshot([property: Id(0)] string Code, [property: Id(1)] int Left);
