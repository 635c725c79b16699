using Dispatch.Instances;

namespace Dispatch.Bench.Tests.Instances;

public class BestKnownTests
{
    private const string Table =
        "instance,best_duration,its_distance,best_movable\nR1,10,9,4.5\nR2,10,9,5.5\nR3,10,9\nR4,10,9,none\nR5,10,9,0\n";

    [Theory]
    [InlineData("R1", "best_movable", 4.5)]
    [InlineData("r2", "best_movable", 5.5)]
    [InlineData("R2", "its_distance", 9.0)]
    [InlineData("R9", "best_movable", null)]
    [InlineData("R1", "best_distance", null)]
    public void AFigure_IsFoundByRowAndColumn(string instance, string column, double? expected) =>
        Assert.Equal(expected, BestKnown.Find(Table, instance, column));

    [Theory]
    [InlineData("R3", "best-known.csv, line 4: There is no column best_movable in this row.")]
    [InlineData("R4", "best-known.csv, line 5: best_movable 'none' is not a number.")]
    [InlineData("R5", "best-known.csv, line 6: best_movable 0 is not above 0.")]
    public void AFigureThatCannotBe_RefusesTheTable(string instance, string says) =>
        Assert.Equal(says, Assert.Throws<InstanceFileException>(() => BestKnown.Find(Table, instance, "best_movable")).Message);

    [Fact]
    public void AnEmptyTable_NamesNothing() => Assert.Null(BestKnown.Find("", "R1", "best_movable"));

    [Fact]
    public void TheTable_LiesBesideTheInstanceOrAboveIt()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string below = Directory.CreateDirectory(Path.Combine(folder, "dynamic")).FullName;
            File.WriteAllText(Path.Combine(folder, BestKnown.FileName), Table);
            Assert.Equal(4.5, BestKnown.Find(Path.Combine(folder, "R1.txt"), "best_movable"));
            Assert.Equal(4.5, BestKnown.Find(Path.Combine(below, "R1.txt"), "best_movable"));
            Assert.Null(BestKnown.Find(Path.Combine(below, "R9.txt"), "best_movable"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
