using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Dispatch.Sim.Replay.Exports;
using Dispatch.Sim.Replay.Instances;

namespace Sim.Tests.Replay;

public sealed class DayExportTests
{
    private static readonly PlayedDay Day = new(
        Small.Instance, ImmutableSortedDictionary<int, double>.Empty, false,
        [[new(0, new(-3), new(1), new(11)), new(5, new(-2), new(35), new(40))], []],
        [new NotServed(3, "job_3", [("plan.window", 2)]), new NotServed(4, null, []), new NotServed(6, "job_6", [])]);

    [Fact]
    public void Routes_AreOneListPerTechnicianWithTheDepotAsZero()
    {
        JsonNode json = JsonNode.Parse(DayExport.RoutesJson(Day))!;
        Assert.Equal("[[0,5],[]]", json["routes"]!.ToJsonString());
        Assert.Equal(("SMALL", 1), ((string)json["instance"]!, (int)json["served"]!));
        Assert.Equal("{\"node\":3,\"jobId\":\"job_3\",\"reasons\":[{\"code\":\"plan.window\",\"count\":2}]}", json["not_served"]![0]!.ToJsonString());
        Assert.Equal(RouteCost.OfRoutes(Small.Instance, [[0, 5], []]).Total, (double)json["cost"]!);
    }

    [Fact]
    public void DayAsItHappened_CountsTheEveningBeforeAsTheBeginning()
    {
        JsonNode json = JsonNode.Parse(DayExport.DayJson(Day))!;
        Assert.Equal("[[{\"node\":0,\"decided\":0,\"depart\":1,\"start\":11},{\"node\":5,\"decided\":0,\"depart\":35,\"start\":40}],[]]", json["stops"]!.ToJsonString());
        Assert.Equal("[3,4,6]", json["not_served"]!.ToJsonString());
    }

    [Fact]
    public void StaticDay_IsWrittenInBothForms_AndItsReleasesNameEveryRequest()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        IReadOnlyList<string> files = DayExport.Write(Day, Path.Combine(folder, "day.json"));
        Assert.Equal(["day.json", "day.dynamic.json", "day.releases.txt"], files.Select(Path.GetFileName));
        var releases = TrspFile.ParseReleases("r", File.ReadAllText(files[2]), Small.Instance);
        Assert.Equal([(3, -1), (4, -1), (5, -1), (6, -1)], releases.Select(r => (r.Key, r.Value)));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void DynamicDay_IsWrittenAsItHappened()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string file = Assert.Single(DayExport.Write(Day with { IsDynamic = true }, Path.Combine(folder, "day.json")));
        Assert.NotNull(JsonNode.Parse(File.ReadAllText(file))!["stops"]);
        Directory.Delete(folder, recursive: true);
    }
}
