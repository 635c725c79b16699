using Dispatch.Bench.Generation;
using Dispatch.Bench.Routing;
using Dispatch.Instances;

namespace Dispatch.Bench.Tests.Instances;

public class TrspInstanceTests
{
    private const string Head =
        "SMALL.2_1-2-2-1\n\nINFO\nCREW COUNT  SKILLS  TOOLS   SPARE PARTS\n1       2       2       1\n\n"
        + "DEPOT TECHNICIANS AND REQUESTS\nID   X     Y     TWS    TWE    Serv   SKILLS   TOOLS    SPARE PARTS\n";
    private const string Depot = "0    0     0     0      100    0      [] \t[] \t[]\n",
        Home = "1    10    0     0      100    0      [0] \t[0] \t[1]\n",
        First = "2    10    4     20     30     5      [0] \t[0] \t[1]\n";

    private static TrspInstance Parse(string text) => TrspInstance.Parse("/somewhere/SMALL.txt", text);

    [Fact]
    public void AnInstance_IsReadWithNamesAndLines()
    {
        TrspInstance read = Parse(Head + Depot + Home + First + "3    -13.5    8     0      90     5      [0] \t[] \t[0]\n");

        Assert.Equal(
            ("SMALL", "SMALL.txt", 1, 2, 2, 1, 2),
            (read.Name, read.File, read.Crew, read.Skills, read.Tools, read.Parts, read.Requests)
        );
        Assert.Equal(
            (-13.5, 8.0, 0.0, 90.0, 5.0, 12),
            (read.Rows[3].X, read.Rows[3].Y, read.Rows[3].Opens, read.Rows[3].Closes, read.Rows[3].Service, read.Rows[3].Line)
        );
        Assert.Equal(
            [
                [0],
                [],
                [0],
            ],
            new[] { read.Rows[3].Skills, read.Rows[3].Tools, read.Rows[3].Parts }
        );
    }

    [Theory]
    [InlineData("3    13    8     0      90     5      [0] \t[]", "SMALL.txt, line 12: A row has a number, x, y")]
    [InlineData("3    13    8     0      90     5      [0] \t[] \t[0", "line 12: A row has a number, x, y")]
    [InlineData("3    13    8     0      90     5      [0] \t[] \t[0] 7", "line 12: A row has a number, x, y")]
    [InlineData("3    13    NaN     0      90     5      [0] \t[] \t[0]", "line 12: The y coordinate 'NaN' is not a number.")]
    [InlineData("3.5    13    8     0      90     5      [0] \t[] \t[0]", "line 12: The row number 3.5 is not a whole number.")]
    [InlineData("4    13    8     0      90     5      [0] \t[] \t[0]", "line 12: Row 4 stands where 3 should.")]
    [InlineData("3    13    8     0      90     5      [2] \t[] \t[0]", "line 12: The skill 2 is outside the range 0 to 1.")]
    [InlineData("3    13    8     0      90     5      [0] \t[-1] \t[0]", "line 12: The tool -1 is outside the range 0 to 1.")]
    [InlineData("3    13    8     0      90     5      [0] \t[] \t[0.5]", "line 12: The number of parts 0.5 is not a whole number.")]
    [InlineData("3    13    8     0      90     5      [0] \t[] \t[0,0]", "line 12: Row 3 has 2 kinds of parts, the header says 1.")]
    [InlineData("3    13    8     0      90     5      [0] \t[] \t[]", "line 12: Row 3 has 0 kinds of parts, the header says 1.")]
    [InlineData("3    13    8     0      90     5      [0,] \t[] \t[0]", "line 12: The skill '' is not a number.")]
    [InlineData("3    13    8     95     90     5      [0] \t[] \t[0]", "line 12: The window closes before it opens.")]
    [InlineData(
        "3    13    8     0      90000     5      [0] \t[] \t[0]",
        "line 12: The end of the window 90000 is outside the range 0 to 10000."
    )]
    [InlineData("3    13    8     0      90     -5      [0] \t[] \t[0]", "line 12: The service time -5 is outside the range 0 to 10000.")]
    public void ARowThatCannotBeRead_RefusesTheFile(string row, string says) =>
        Assert.Contains(
            says,
            Assert.Throws<InstanceFileException>(() => Parse(Head + Depot + Home + First + row + "\n")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("SMALL\n", "no header with CREW COUNT")]
    [InlineData("CREW COUNT  SKILLS  TOOLS   SPARE PARTS\n", "line 1: The header is not followed by its four numbers.")]
    [InlineData("SPARE PARTS\n1 2 2\n", "line 1: The header is not followed by its four numbers.")]
    [InlineData("SPARE PARTS\n0 2 2 1\n", "line 2: The crew count 0 is outside")]
    [InlineData("SPARE PARTS\n1 2 2 1.5\n", "line 2: The number of spare parts 1.5 is not a whole number.")]
    [InlineData(Head + Depot + Home, "2 rows are too few")]
    public void AHeadThatCannotBeRead_RefusesTheFile(string text, string says) =>
        Assert.Contains(says, Assert.Throws<InstanceFileException>(() => Parse(text)).Message, StringComparison.Ordinal);

    /// <summary>The title says how many rows there should be, so that no cut goes unseen.</summary>
    [Fact]
    public void AFileCutAnywhere_IsRefused()
    {
        string text = (Head + Depot + Home + First + "3    -13.5    8     0      90     5      [0] \t[] \t[0]\n").TrimEnd();
        Assert.Equal(2, Parse(text).Requests);
        for (int length = 0; length < text.Length; length++)
            Assert.StartsWith(
                "SMALL.txt",
                Assert.Throws<InstanceFileException>(() => Parse(text[..length])).Message,
                StringComparison.Ordinal
            );
    }

    [Theory]
    [InlineData(
        "3    30000    8     0      90     5      [0] \t[] \t[0]",
        "line 12: Request 3 can be served by nobody: no technician with its skills gets there"
    )]
    [InlineData(
        "3    13    8     0      90     5      [1] \t[] \t[0]",
        "line 12: Request 3 can be served by nobody: no technician has all its skills."
    )]
    [InlineData(
        "3    13    8     0      20     5      [0] \t[1] \t[0]",
        "line 12: Request 3 can be served by nobody: no technician with its skills gets there"
    )]
    public void ARequestThatNobodyCanServe_RefusesTheFile(string row, string says) =>
        Assert.Contains(
            says,
            Assert.Throws<InstanceFileException>(() => new TrspAdapter(Parse(Head + Depot + Home + First + row + "\n"))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void AGeneratedInstance_IsReadAsItWasMade_AndEveryRequestCanBeServed()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            TrspGenerator generator = new(
                1 + (seed % 5),
                20,
                TrspGenerator.LeastHorizon + seed,
                TrspGenerator.WidestWindow(TrspGenerator.LeastHorizon),
                seed
            );
            TrspInstance made = generator.Make("made"),
                read = TrspInstance.Parse("made.txt", TrspGenerator.Write(made));
            Assert.Equivalent(made.Rows.Skip(1), read.Rows.Skip(1).Select(row => row with { Line = 0 }), strict: true);
            TrspProblem.RequireReach(read);
            Assert.Equal(
                20,
                ReleaseTimes
                    .Parse("made_rd_50.txt", TrspGenerator.Write(made, generator.Releases(made, 50)), made.Crew + 1, made.Rows.Count - 1)
                    .Count
            );
        }
    }
}
