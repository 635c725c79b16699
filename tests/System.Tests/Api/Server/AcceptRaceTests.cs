using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

public sealed class AcceptRaceTests(City city) : IClassFixture<City>
{
    private const int Pairs = 10, RoundsPerPair = 100;

    [Fact]
    public async Task TwoWhoAcceptAtTheSameMoment_OneHasItAndTheOtherLearnsOfIt()
    {
        JsonObject body = City.JobBody();
        JsonObject[] outcomes = [.. (await Task.WhenAll(Enumerable.Range(0, Pairs).Select(_ => Compete(body)))).SelectMany(o => o)];
        Assert.Equal(Pairs * RoundsPerPair, outcomes.Length);
        Assert.All(outcomes, outcome => Assert.Equal("one winner", outcome["verdict"]!.GetValue<string>()));
    }

    private async Task<List<JsonObject>> Compete(JsonObject body)
    {
        Person left = await city.Technician(), right = await city.Technician();
        List<JsonObject> outcomes = [];
        for (int round = 0; round < RoundsPerPair; round++)
        {
            Filed job = await city.Job(body.DeepClone().AsObject());
            long epoch = await city.Offer(job.Id, left.Id, right.Id);
            Task<Answer> one = Accept(job, left, epoch), other = Accept(job, right, epoch);
            outcomes.Add(new JsonObject { ["verdict"] = Judge(await one, left, await other, right) });
            (await city.Server.Post($"/v1/jobs/{job.Id}/cancel", new JsonObject { ["reason"] = "next round" }, city.Dispatcher)).Must(200);
        }
        return outcomes;
    }

    private Task<Answer> Accept(Filed job, Person technician, long epoch) =>
        city.Server.Post($"/v1/jobs/{job.Id}/accept", new JsonObject { ["epoch"] = epoch }, technician.Token);

    private static string Judge(Answer one, Person left, Answer other, Person right)
    {
        (Answer won, Person winner, Answer lost) = one.Status == 200 ? (one, left, other) : (other, right, one);
        if (won.Status != 200 || lost.Status != 409)
            return $"{one.Status} {one.Text} and {other.Status} {other.Text}";
        if (won.Body["technicianId"]!.GetValue<string>() != winner.Id)
            return $"{winner.Id} was answered {won.Text}";
        if (lost.Code != "job.taken" || lost.Body["current"]!["technicianId"]!.GetValue<string>() != winner.Id)
            return $"the loser was answered {lost.Text}";
        return "one winner";
    }
}
