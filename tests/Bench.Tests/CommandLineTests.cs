using System.CommandLine;
using Dispatch.Bench.Bounds;
using Dispatch.Bench.Dynamic;
using Dispatch.Bench.Eta;
using Dispatch.Bench.Generation;
using Dispatch.Bench.Routing;

namespace Dispatch.Bench.Tests;

/// <summary>What users of the command see of a file that is wrong: a sentence and an exit code, no stack trace and no result.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;
    private readonly StringWriter output = new(), errors = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(
        "routing --kind solomon --instances {0}/cut.txt --seconds 1 --out {0}/out",
        "bench: cut.txt, line 4: A customer has 7 columns, this row has 6."
    )]
    [InlineData(
        "routing --kind dimacs --instances {0}/cut.txt --seconds 1 --out {0}/out",
        "bench: cut.txt, line 4: A customer has 7 columns, this row has 6."
    )]
    [InlineData(
        "routing --kind trsp --instances {0}/cut.txt --seconds 1 --out {0}/out",
        "bench: cut.txt: There is no header with CREW COUNT"
    )]
    [InlineData(
        "bound --kind solomon --instances {0}/cut.txt --seconds 1 --out {0}/out",
        "bench: cut.txt, line 4: A customer has 7 columns, this row has 6."
    )]
    [InlineData(
        "trsp-dynamic --instances {0}/cut.txt --dynamic {0} --percent 50 --out {0}/out",
        "bench: cut.txt: There is no header with CREW COUNT"
    )]
    [InlineData("eta --train {0}/cut.txt --test {0}/cut.txt --out {0}/out/eta.json", "bench: cut.txt, line 1: There is no column vehicle.")]
    [InlineData("routing --kind solomon --instances {0}/none.txt --seconds 1 --out {0}/out", "bench: Could not find file")]
    public void AFileThatCannotBeRead_EndsTheCommandWithASentence(string command, string says)
    {
        File.WriteAllText(Path.Combine(folder, "cut.txt"), "CUT\n2 50\n0 40 50 0 0 1000 0\n1 45 68 10 10 900\n");

        Assert.Equal(CommandLineRun.FileRefused, Run(command));
        Assert.StartsWith(says, errors.ToString(), StringComparison.Ordinal);
        Assert.Single(errors.ToString().TrimEnd().Split('\n'));
        Assert.Empty(Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("routing --kind solomon --instances x --seconds 1 --threads 0 --out x", "--threads is at least 1.")]
    [InlineData("routing --kind solomon --instances x --seconds -1 --out x", "--seconds is at least 0.")]
    [InlineData("routing --kind solomon --instances x --seconds NaN --out x", "--seconds is at least 0.")]
    [InlineData("trsp-dynamic --instances x --dynamic x --percent 101 --out x", "--percent is from 0 to 100.")]
    [InlineData("generate-trsp --name x --horizon 100 --out x", "--horizon is from 250 to 10000.")]
    [InlineData("generate-trsp --name x --horizon 250 --window-width 200 --out x", "--window-width is at most 97 on this horizon.")]
    public void AnOptionThatCannotBe_EndsTheCommandBeforeItBegins(string command, string says)
    {
        Assert.Equal(1, Run(command));
        Assert.Contains(says, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnInstanceOfOurOwn_IsMadeSolvedAndPlayed()
    {
        Assert.Equal(0, Run("generate-trsp --name made --technicians 3 --requests 9 --out {0}"));
        Assert.Equal(0, Run("routing --kind trsp --instances {0}/made.txt --seconds 5 --rounds 200 --out {0}/out"));
        Assert.Equal(0, Run("trsp-dynamic --instances {0}/made.txt --dynamic {0} --percent 50 --rounds 20 --out {0}/days"));
        Assert.Empty(errors.ToString());
    }

    private int Run(string command)
    {
        RootCommand root = new("Benchmarks.")
        {
            RoutingCommand.Create(),
            BoundCommand.Create(),
            DynamicCommand.Create(),
            EtaCommand.Create(),
            GenerateTrspCommand.Create(),
        };
        return CommandLineRun.Of(root, string.Format(null, command, folder).Split(' '), output, errors);
    }
}
