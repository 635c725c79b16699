using Dispatch.Sim.Replay.Instances;
using Sim.Tests.Support;
using InstanceFileException = Dispatch.Instances.InstanceFileException;

namespace Sim.Tests.Replay;

public sealed class TrspFileTests
{
    [Fact]
    public void Rows_BecomeDepotTechniciansAndRequests()
    {
        TrspInstance i = Small.Instance;
        Assert.Equal((2, 4, 1, 100.0), (i.Technicians.Length, i.Requests.Length, i.PartKinds, i.Horizon.Units));
        TrspNode t = i.Node(1);
        Assert.Equal((new PlanePoint(10, 0), 0.0, 100.0), (t.At, t.Opens.Units, t.Closes.Units));
        Assert.Equal([[0], [0], [1]], new[] { t.Skills, t.Tools, t.Parts });
        TrspNode r = i.Node(6);
        Assert.Equal((new PlanePoint(0, 30), 50.0, 52.5, 5.0), (r.At, r.Opens.Units, r.Closes.Units, r.Service));
        Assert.Equal(5, i.Distance(3, 4));
        Assert.True(i.IsRequest(3) && !i.IsRequest(2) && !i.IsRequest(0) && !i.IsRequest(7));
    }

    [Fact]
    public void Releases_AreReadPerRequest_AndTheirCountsAreNotMistakenForThem()
    {
        var releases = TrspFile.ParseReleases("x", Small.Releases, Small.Instance);
        Assert.Equal([(3, -1), (4, -1), (5, 12), (6, -1)], releases.Select(r => (r.Key, r.Value)));
    }

    [Fact]
    public void WindowsLineEnds_AreRead() =>
        Assert.Equal(
            4,
            TrspFile
                .ParseReleases("x", Small.Releases.ReplaceLineEndings("\r\n"), TrspFile.Parse("s", Small.Text.ReplaceLineEndings("\r\n")))
                .Count
        );

    [Theory]
    [InlineData("nothing of the kind", "header")]
    [InlineData("SPARE PARTS\n 2 2 2 1\n0 0 0 0 9 0 [] [] []\n1 0 0 0 9 0 [0] [] [1]\n", "too few")]
    [InlineData("SPARE PARTS\n 1 2 2 1\n0 0 0 0 9 0 [] [] []\n2 0 0 0 9 0 [0] [] [1]\n3 0 0 0 9 0 [0] [] [1]\n", "stands where 1")]
    [InlineData("SPARE PARTS\n 1 2 2 2\n0 0 0 0 9 0 [] [] []\n1 0 0 0 9 0 [0] [] [1]\n2 0 0 0 9 0 [0] [] [1,1]\n", "kinds of parts")]
    public void WhatIsNoInstance_IsRefusedWithThePlace(string text, string says) =>
        Assert.Contains(says, Assert.Throws<InstanceFileException>(() => TrspFile.Parse("file", text)).Message);

    [Theory]
    [InlineData("26 -1", "column RD")]
    [InlineData("RD\n1 -1", "1 is not a request")]
    public void WhatIsNoReleaseFile_IsRefused(string text, string says) =>
        Assert.Contains(says, Assert.Throws<InstanceFileException>(() => TrspFile.ParseReleases("file", text, Small.Instance)).Message);

    [Fact]
    public void InstanceOfTheRepository_IsReadWithItsReleases()
    {
        string folder = Path.Combine(Repository.Root, "tests", "instances");
        TrspInstance small = TrspFile.Parse("small-r", File.ReadAllText(Path.Combine(folder, "small-r.txt")));
        var releases = TrspFile.ParseReleases("small-r_rd_50", File.ReadAllText(Path.Combine(folder, "small-r_rd_50.txt")), small);
        Assert.Equal(small.Requests.Select(r => r.Number), releases.Keys);
        Assert.Equal(small.Requests.Length / 2.0, releases.Values.Count(r => r >= 0), 1.0);
        Assert.All(small.Requests, r => Assert.True(r.Opens <= r.Closes && r.Closes <= small.Horizon && r.Skills.Length > 0));
    }
}
