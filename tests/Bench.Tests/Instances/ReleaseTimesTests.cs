using Dispatch.Instances;

namespace Dispatch.Bench.Tests.Instances;

public class ReleaseTimesTests
{
    private const string Text =
        "# Instance SMALL - 1 dynamic requests - 2 static requests\nDyn   Stat\n1     2\nID    RD\n3    -1\n4    12.5\n5    -1\n";

    private static IReadOnlyDictionary<int, double> Parse(string text) => ReleaseTimes.Parse("/somewhere/SMALL_rd_33.txt", text, 3, 6);

    [Fact]
    public void Releases_AreReadPerRequest() =>
        Assert.Equal([(3, -1), (4, 12.5), (5, -1)], Parse(Text).Select(release => (release.Key, release.Value)));

    [Fact]
    public void AFileWithoutCounts_IsReadAsItStands() => Assert.Equal(1, Assert.Single(Parse("ID RD\n3 1")).Value);

    [Theory]
    [InlineData("4    12.5", "4    12.5   9", "SMALL_rd_33.txt, line 6: A release has two columns, the request and its time.")]
    [InlineData("4    12.5", "4", "line 6: A release has two columns")]
    [InlineData("4    12.5", "4    NaN", "line 6: The release time 'NaN' is not a number.")]
    [InlineData("4    12.5", "4    -2", "line 6: The release time -2 is outside the range -1 to 10000.")]
    [InlineData("4    12.5", "4    -0.5", "line 6: A release time is -1 or at least 0.")]
    [InlineData("4    12.5", "3    12.5", "line 6: Request 3 is there twice.")]
    [InlineData("4    12.5", "2    12.5", "line 6: 2 is not a request of the instance, whose requests are 3 to 6.")]
    [InlineData("4    12.5", "4.5    12.5", "line 6: The request 4.5 is not a whole number.")]
    [InlineData("4    12.5", "4    -1", "line 3: The file says 1 dynamic and 2 static requests, and names 0 and 3.")]
    [InlineData("1     2", "1", "line 3: Above the releases stand two numbers")]
    [InlineData("ID    RD", "", "There is no line with a column RD.")]
    public void WhatCannotBeRead_RefusesTheFile(string of, string with, string says) =>
        Assert.Contains(
            says,
            Assert.Throws<InstanceFileException>(() => Parse(Text.Replace(of, with, StringComparison.Ordinal))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void AFileCutAnywhere_IsRefused()
    {
        // Behind the last minus sign there is nothing left that could be missing and not be seen.
        for (int length = 0; length < Text.Length - 2; length++)
            Assert.Throws<InstanceFileException>(() => Parse(Text[..length]));
    }
}
