using Dispatch.Sim.Replay.Instances;

namespace Sim.Tests.Replay;

/// <summary>
/// A plane made for adding up by hand: depot at (0,0); technician 1 at home in (10,0) with skill 0, tool 0 and one unit of part 0; technician 2 in (0,20), skill 1, nothing
/// else; all ways along 3-4-5 triangles or axes.
/// </summary>
internal static class Small
{
    public const string Text = """
        SMALL

        INFO
        CREW COUNT  SKILLS  TOOLS   SPARE PARTS
        2       2       2       1

        DEPOT TECHNICIANS AND REQUESTS
        ID   X     Y     TWS    TWE    Serv   SKILLS   TOOLS    SPARE PARTS
        0    0     0     0      100    0      [] 	[] 	[]
        1    10    0     0      100    0      [0] 	[0] 	[1]
        2    0     20    0      100    0      [1] 	[] 	[0]
        3    10    4     20     30     5      [0] 	[0] 	[1]
        4    13    8     0      90     5      [0] 	[] 	[0]
        5    3     4     40     60     10     [0] 	[1] 	[1]
        6    0     30    50     52.5   5      [1] 	[] 	[0]
        """;

    public const string Releases = """
        # Instance SMALL - 1 dynamic request
        Dyn   Stat
        1     3
        ID    RD
        3    -1
        4    -1
        5    12
        6    -1
        """;

    public static TrspInstance Instance { get; } = TrspFile.Parse("SMALL", Text);
}
