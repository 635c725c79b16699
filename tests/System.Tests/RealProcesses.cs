namespace Dispatch.SystemTests;

/// <summary>Tests that load, starve and kill real server processes: one after the other, and beside nothing else, because they would fail their neighbours' time limits and theirs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealProcesses
{
    public const string Name = "real processes";
}
