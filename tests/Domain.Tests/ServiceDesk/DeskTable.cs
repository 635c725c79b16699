using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Tests.ServiceDesk;

/// <summary>A table of every command in every state. <c>=</c> stays as it is without an event; a name is the new state; anything with a dot is the refusal's code.</summary>
public sealed class DeskTable(string text)
{
    private readonly string[][] rows = [.. text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    public IEnumerable<string> Commands => rows[0][1..];

    public IEnumerable<string> States => rows[1..].Select(row => row[0]);

    public TheoryData<string, string, string> Cells()
    {
        TheoryData<string, string, string> cells = [];
        foreach (string[] row in rows[1..])
            for (int column = 1; column < rows[0].Length; column++)
                cells.Add(row[0], rows[0][column], row[column]);
        return cells;
    }

    /// <param name="after">The status after the decision's events.</param>
    public static void Holds(string expected, Refusal? refusal, int events, Func<string> after)
    {
        if (expected.Contains('.'))
        {
            Assert.Equal(expected, refusal?.Code);
            Assert.Equal(0, events);
        }
        else
        {
            Assert.Null(refusal);
            if (expected == "=")
                Assert.Equal(0, events);
            else
                Assert.Equal(expected, after(), ignoreCase: true);
        }
    }
}
