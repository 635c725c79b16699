using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>Batches of positions: one that is wrong is named and costs no other, and none that cannot be is on a map.</summary>
public sealed class PositionTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task AGoodOneBesideOneADayAhead_IsTaken_AndTheOtherNamed()
    {
        Person technician = await city.Technician();
        JsonNode answer = (await Report(technician, At(121.01, 31.01, Now), At(121.02, 31.02, Now.AddDays(1)))).Must(202);
        Assert.Equal(1, answer["taken"]!.GetValue<int>());
        Assert.Equal(["1 technician.time_in_future"], Refused(answer));
        await Shown(technician, 121.01);
    }

    [Fact]
    public async Task OfTenKindsOfWrong_EachIsNamed_AndTheGoodOneCounts()
    {
        Person technician = await city.Technician();
        JsonObject noPlace = new() { ["at"] = Now.ToString("O") };
        JsonNode answer = (await Report(
            technician, At(0, 0, Now), At(121.01, 31.01, Now, 1_000_000), At(200, 31, Now), At(121, 31, Now, -5), noPlace, At(121.011, 31.011, Now), At(121, 31, DateTimeOffset.UnixEpoch))).Must(202);
        Assert.Equal(1, answer["taken"]!.GetValue<int>());
        Assert.Equal(
            ["0 position.null_island", "1 position.inaccurate", "2 request.invalid", "3 request.invalid", "4 request.invalid", "6 request.invalid"], Refused(answer));
        Assert.Equal("out_of_range", answer["refused"]![2]!["facts"]!["positions[2].lon"]!.GetValue<string>());
        Assert.Equal("missing", answer["refused"]![4]!["facts"]!["positions[4].lat"]!.GetValue<string>());
        await Shown(technician, 121.011);
    }

    [Fact]
    public async Task WhereNoneIsGood_TheRequestIsRefused()
    {
        Person technician = await city.Technician();
        (await Report(technician, At(121, 31, Now.AddDays(1)))).MustRefuse(422, "technician.time_in_future");
        (await Report(technician, At(0, 0, Now), At(0.001, 0, Now))).MustRefuse(422, "position.null_island");
        Answer invalid = (await Report(technician, At(200, 31, Now), At(121, 91, Now))).MustRefuse(400, "request.invalid");
        Assert.Equal(("out_of_range", "out_of_range"), (invalid.Fact("positions[0].lon"), invalid.Fact("positions[1].lat")));
        (await Report(technician)).MustRefuse(400, "request.invalid");
        Assert.Null(await OnMap(technician));
    }

    [Fact]
    public async Task AJumpAcrossTheCountry_IsNotShown_UntilAnotherReportAgrees()
    {
        Person technician = await city.Technician();
        DateTimeOffset begin = Now.AddMinutes(-1);
        (await Report(technician, At(121, 31, begin))).Must(202);
        (await Report(technician, At(114, 22.5, begin.AddSeconds(10)))).MustRefuse(422, "position.implausible_jump");
        await Shown(technician, 121);
        Assert.Equal(1, (await Report(technician, At(114.0001, 22.5, begin.AddSeconds(20)))).Must(202)["taken"]!.GetValue<int>());
        await Shown(technician, 114.0001);
    }

    [Fact]
    public async Task AClockSomeSecondsAhead_DoesNotHideWhatIsReportedAfterwards()
    {
        Person technician = await city.Technician();
        (await Report(technician, At(121, 31, Now.AddSeconds(50)))).Must(202);
        await Shown(technician, 121);
        Assert.True((await OnMap(technician))!["at"]!.GetValue<DateTimeOffset>() <= Now);
        (await Report(technician, At(121.002, 31, Now))).Must(202);
        await Shown(technician, 121.002);
    }

    private static string[] Refused(JsonNode answer) => [.. answer["refused"]!.AsArray().Select(r => $"{r!["index"]} {r["code"]}")];

    private static JsonObject At(double lon, double lat, DateTimeOffset at, double? accuracy = null)
    {
        JsonObject position = new() { ["lon"] = lon, ["lat"] = lat, ["at"] = at.ToString("O") };
        if (accuracy is not null)
            position["accuracyMetres"] = accuracy;
        return position;
    }

    private Task<Answer> Report(Person technician, params JsonObject[] positions) =>
        Server.Post($"/v1/technicians/{technician.Id}/positions", new JsonObject { ["positions"] = new JsonArray([.. positions]) }, technician.Token);

    private Task Shown(Person technician, double lon) =>
        DispatchServer.Until($"the technician is shown at {lon}", async () => (await OnMap(technician))?["lon"]?.GetValue<double>() == lon);

    private async Task<JsonNode?> OnMap(Person technician) => (await Server.Get($"/v1/streams/zone/{City.Zone}/snapshot", city.Dispatcher)).Must(200)["positions"]!.AsArray()
        .FirstOrDefault(p => p!["technicianId"]!.GetValue<string>() == technician.Id);
}
