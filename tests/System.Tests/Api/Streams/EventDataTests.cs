using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Api.Reading;
using Dispatch.Api.Streams;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.SystemTests.Api.Streams;

public sealed class EventDataTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Full_SpeaksTheContractsSpellingAndHasTheView()
    {
        JsonNode data = Parse(EventData.Full(Event(
            """{"$type":"job.repaired","outcome":"notRepaired","needs":{"service":"00:45:00"},"place":{"lon":1,"lat":2,"isValid":true},"tenant":"main","signatureDigest":"x"}"""), View()));
        Assert.Equal("not_repaired", data["outcome"]!.GetValue<string>());
        Assert.Equal(2700, data["needs"]!["serviceSeconds"]!.GetValue<int>());
        Assert.Equal(["lat", "lon"], data["place"]!.AsObject().Select(p => p.Key).Order());
        Assert.Null(data["tenant"]);
        Assert.Null(data["signatureDigest"]);
        Assert.Null(data["$type"]);
        Assert.Equal("accepted", data["status"]!.GetValue<string>());
        Assert.Equal("tech_a", data["view"]!["technicianId"]!.GetValue<string>());
        Assert.Equal(7, data["view"]!["version"]!.GetValue<int>());
    }

    [Fact]
    public void Redacted_HoldsNothingOfTechniciansButAName()
    {
        string json = EventData.Redacted(Event("""{"candidates":[{"technicianId":"tech_a"}],"technicianId":"tech_a","reason":"secret","status":"offered"}"""), View(), "Li Na").ToString();
        Assert.DoesNotContain("tech_a", json, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", json, StringComparison.Ordinal);
        JsonNode data = JsonNode.Parse(json)!;
        Assert.Equal("offered", data["status"]!.GetValue<string>());
        Assert.Equal("Li Na", data["view"]!["technician"]!["name"]!.GetValue<string>());
        Assert.NotNull(data["view"]!["arrival"]);
    }

    private static JsonNode Parse(RawJson json) => JsonNode.Parse(json.ToString())!;

    private static SequencedEvent Event(string data) => new("job/job_a", 1, "job.repaired", Now, "job:main/job_a", 7, data, "job", "job_a", null);

    private static StoredView View()
    {
        JobRequest request = new("screen", new Place(121, 31), [new TimeWindow(Now, Now.AddHours(2))], Severity.Regular, null, null);
        JobState job = JobEvolution.Apply(null, new JobRequested(new JobId("job_a"), new TenantId("main"), new ZoneId("zone_a"), request, Now), Now) with
        {
            Status = JobStatus.Accepted,
            Candidates = [new Candidate(new TechnicianId("tech_a"), new Visit(Now, Now.AddMinutes(20), Now.AddMinutes(20), Now.AddMinutes(50)))],
        };
        return new StoredView("job", "job_a", 0, 7, JsonSerializer.Serialize(job, StorageJson.Options));
    }
}
