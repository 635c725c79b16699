using Dispatch.Bench.Routing;
using Dispatch.Instances;

namespace Dispatch.Bench.Tests.Instances;

public class VrptwInstanceTests
{
    private const string Head =
        "T1\n\nVEHICLE\nNUMBER     CAPACITY\n 2  50\n\n"
        + "CUSTOMER\nCUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME\n\n";
    private const string Depot = "    0      40         50          0          0       1000          0\n";
    private const string First = "    1      45         68         10        10        900         90\n";

    private static VrptwInstance Parse(string text) => VrptwInstance.Parse("/somewhere/T1.txt", text);

    [Fact]
    public void AnInstance_IsReadWithNamesAndLines()
    {
        VrptwInstance read = Parse(Head + Depot + First + "    2      30         50         1e1        0.5        999.5      9\n\n");

        Assert.Equal(("T1", "T1.txt", 2, 50, 3), (read.Name, read.File, read.Vehicles, read.Capacity, read.Customers.Count));
        Assert.Equal(new VrptwCustomer(2, 30, 50, 10, 0.5, 999.5, 9, 12), read.Customers[2]);
        Assert.Equivalent(
            read,
            Parse(
                (Head + Depot + First + "    2      30         50         1e1        0.5        999.5      9\n").ReplaceLineEndings("\r\n")
            )
        );
    }

    /// <summary>Every row is read as it stands, or the file is refused; no row is left out and no value cut.</summary>
    [Theory]
    [InlineData("    2      30         50         10        0        999", "T1.txt, line 12: A customer has 7 columns, this row has 6.")]
    [InlineData("    2      30         50         10        0        999     9    9", "line 12: A customer has 7 columns, this row has 8.")]
    [InlineData("    2      30         50         10.9        0        999     9", "line 12: The demand 10.9 is not a whole number.")]
    [InlineData("    2      NaN         50         10        0        999     9", "line 12: The x coordinate 'NaN' is not a number.")]
    [InlineData("    NaN    NaN       NaN      NaN  NaN  NaN NaN", "line 12: The customer number 'NaN' is not a number.")]
    [InlineData(
        "    2      30         Infinity         10        0        999     9",
        "line 12: The y coordinate 'Infinity' is not a number."
    )]
    [InlineData("    2      30         50         10        0        99x     9", "line 12: The due date '99x' is not a number.")]
    [InlineData("    2      3,000         50         10        0        999     9", "line 12: The x coordinate '3,000' is not a number.")]
    [InlineData(
        "    2      30         50         -1        0        999     9",
        "line 12: The demand -1 is outside the range 0 to 1000000."
    )]
    [InlineData(
        "    2      30         50         10        -1        999     9",
        "line 12: The ready time -1 is outside the range 0 to 1000000."
    )]
    [InlineData("    2      30         50         10        0        999     -9", "line 12: The service time -9 is outside")]
    [InlineData("    2      30         50         10        0        1e7     9", "line 12: The due date 1e7 is outside")]
    [InlineData(
        "    2      1e9         50         10        0        999     9",
        "line 12: The x coordinate 1e9 is outside the range -1000000 to 1000000."
    )]
    [InlineData("    2      30         50         10        500        400     9", "line 12: The window closes before it opens.")]
    [InlineData("    3      30         50         10        0        999     9", "line 12: Customer 3 stands where 2 should.")]
    [InlineData("    1      30         50         10        0        999     9", "line 12: Customer 1 stands where 2 should.")]
    [InlineData("EOF", "line 12: A customer has 7 columns, this row has 1.")]
    [InlineData(
        "    2      30         50         50        0        999     9\n    3      30         50         50        0        999     9",
        "line 5: The customers' demand of 110 is more than 2 vehicles of 50 carry."
    )]
    public void ARowThatCannotBeRead_RefusesTheFile(string row, string says) =>
        Assert.Contains(
            says,
            Assert.Throws<InstanceFileException>(() => Parse(Head + Depot + First + row + "\n")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("", "no line with the number of vehicles")]
    [InlineData("T1\n\nVEHICLE\nNUMBER     CAPACITY\n", "no line with the number of vehicles")]
    [InlineData(Head, "no rows of a depot and at least one customer")]
    [InlineData(Head + Depot, "no rows of a depot and at least one customer")]
    [InlineData("T1\n" + Depot + First, "line 2: The first line of numbers has to be the number of vehicles and their capacity.")]
    [InlineData("T1\n0 50\n" + Depot + First, "line 2: The number of vehicles 0 is outside")]
    [InlineData("T1\n2 50.5\n" + Depot + First, "line 2: The capacity 50.5 is not a whole number.")]
    [InlineData(
        "T1\n2 50\n    0      40         50          5          0       1000          0\n",
        "line 3: The depot, customer 0, has no demand"
    )]
    [InlineData("T1\n2 99999999999\n" + Depot + First, "line 2: The capacity 99999999999 is outside")]
    public void AHeadThatCannotBeRead_RefusesTheFile(string text, string says) =>
        Assert.Contains(says, Assert.Throws<InstanceFileException>(() => Parse(text)).Message, StringComparison.Ordinal);

    /// <summary>Cut after any character, the file is either refused or read to the last row that is whole.</summary>
    [Fact]
    public void AFileCutShort_IsRefused_OrReadToItsLastWholeRow()
    {
        string text = Head + Depot + First + "    2      30         50         10        0        999     9\n";
        int whole = 0;
        for (int length = 0; length < text.Length; length++)
        {
            string cut = text[..length];
            try
            {
                VrptwInstance read = Parse(cut);
                // Nothing in a file of this kind says how many rows or digits there should be.
                Assert.Equal(cut.TrimEnd().Split('\n').Length - 9, read.Customers.Count);
                whole++;
            }
            catch (InstanceFileException refused)
            {
                Assert.StartsWith("T1.txt", refused.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(whole, 1, 10);
    }

    [Theory]
    [InlineData(
        "    2      30000         50         10        0        999     9",
        "line 12: Customer 2 can be served by no vehicle: it is 29960 from the depot, and the window closes at 999."
    )]
    [InlineData(
        "    2      500         50         10        0        999     100",
        "line 12: Customer 2 can be served by no vehicle: the way back of 460 ends after the depot closes at 1000."
    )]
    [InlineData(
        "    2      40         50         60        0        999     9",
        "line 12: Customer 2 can be served by no vehicle: the demand of 60 is more than the 50 a vehicle carries."
    )]
    public void ACustomerWhomNoVehicleCanServe_RefusesTheFile(string row, string says)
    {
        foreach (bool truncated in (bool[])[false, true])
            Assert.Contains(
                says,
                Assert.Throws<InstanceFileException>(() => new VrptwAdapter(Parse(Head + Depot + First + row + "\n"), truncated)).Message,
                StringComparison.Ordinal
            );
    }
}
