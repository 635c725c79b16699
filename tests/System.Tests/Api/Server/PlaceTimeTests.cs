using System.Globalization;
using System.Text.Json.Nodes;
using Dispatch.Api;
using Dispatch.Api.Pages;
using Dispatch.Domain;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.ServicePoints;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.SystemTests.Api.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>By whose wall clock times are told, and which hours and time zones a service point may have.</summary>
public sealed class PlaceTimeTests(City city) : IClassFixture<City>
{
    private const string NewYork = "America/New_York";

    private DispatchServer Server => city.Server;

    [Fact]
    public async Task TheCompanysTimeZone_IsSaidByTheClock_AndWithEveryPage()
    {
        Assert.Equal("Asia/Shanghai", (await Server.Get("/v1/clock")).Must(200)["timeZone"]!.GetValue<string>());
        Assert.Equal(
            "<html><head>\n    <meta name=\"dispatch-time-zone\" content=\"Asia/Shanghai\" /></head></html>", PageRoutes.WithTimeZone("<html><head></head></html>", "Asia/Shanghai"));
    }

    [Theory]
    [InlineData("China Standard Time")]
    [InlineData("Asia/Shanghai ")]
    [InlineData("GMT+8")]
    public void ATimeZoneOfAnotherSystem_EndsTheStart(string zone)
    {
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => new ApiOptions { DataFolder = "data", MessageTimeZone = zone }.Validate());
        Assert.Contains("IANA", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("22:00", "03:00", "03:00")]
    [InlineData("00:00", "24:00", "24:00")]
    [InlineData("09:00", "24:00", "24:00")]
    [InlineData("09:00", "09:00", "09:00")]
    public async Task HoursPastMidnight_AreTaken_AndADayOfThemCanBeBooked(string open, string close, string said)
    {
        string point = (await Server.Post("/v1/points", Point("night", hours: new JsonObject { ["open"] = open, ["close"] = close, ["timeZone"] = "Asia/Shanghai" }), city.Manager))
            .Must(201)["id"]!.GetValue<string>();
        JsonNode hours = (await Server.Get($"/v1/points/{point}", city.Dispatcher)).Must(200)["hours"]!;
        Assert.Equal((open, said, "Asia/Shanghai"), (Word(hours, "open"), Word(hours, "close"), Word(hours, "effectiveTimeZone")));
        JsonNode booked = await city.Booked(await city.Job(Parcels.Body()), point);
        DateTimeOffset promised = booked["booking"]!["promisedAt"]!.GetValue<DateTimeOffset>();
        Assert.True(promised > TimeProvider.System.GetUtcNow());
        Assert.Equal(new TimeSpan(23, 59, 0), WallClock.Of("Asia/Shanghai").At(promised).TimeOfDay);
    }

    [Theory]
    [InlineData("hours.timeZone", "unknown", "09:00", "18:00", "China Standard Time")]
    [InlineData("hours.timeZone", "unknown", "09:00", "18:00", "Asia/Shanghai ")]
    [InlineData("hours.timeZone", "unknown", "09:00", "18:00", "GMT+8")]
    [InlineData("hours.timeZone", "unknown", "09:00", "18:00", "asia/shanghai")]
    [InlineData("hours.open", "bad_form", "24:00", "18:00", "Asia/Shanghai")]
    [InlineData("hours.close", "bad_form", "09:00", "24:01", "Asia/Shanghai")]
    [InlineData("hours.close", "bad_form", "09:00", "25:00", "Asia/Shanghai")]
    public async Task WhatIsNoTimeOrZone_IsRefusedByName(string field, string fault, string open, string close, string zone)
    {
        JsonObject body = Point("refused", hours: new JsonObject { ["open"] = open, ["close"] = close, ["timeZone"] = zone });
        Assert.Equal(fault, (await Server.Post("/v1/points", body, city.Manager)).MustRefuse(400, "request.invalid").Fact(field));
    }

    [Fact]
    public async Task AJobAtAPointElsewhere_IsToldByThePointsClock_OnThePageAndInTheMessage()
    {
        string point = (await Server.Post("/v1/points", Point("far", hours: new JsonObject { ["open"] = "00:00", ["close"] = "24:00", ["timeZone"] = NewYork }), city.Manager))
            .Must(201)["id"]!.GetValue<string>();
        Filed job = await city.Job(Parcels.Body());
        Assert.Equal("Asia/Shanghai", Word((await Server.Get($"/v1/track/{job.Tracking}")).Must(200), "timeZone"));
        await city.Booked(job, point);
        JsonNode tracked = (await Server.Get($"/v1/track/{job.Tracking}")).Must(200);
        Assert.Equal((NewYork, NewYork), (Word(tracked, "timeZone"), Word(tracked["point"]!, "timeZone")));
        string day = WallClock.Of(NewYork).At(tracked["promisedAt"]!.GetValue<DateTimeOffset>()).ToString("d MMM", CultureInfo.InvariantCulture);
        JsonNode? message = null;
        await DispatchServer.Until("the booking is told", async () => (message = (await Server.Get($"/v1/messages?jobId={job.Id}", city.Dispatcher)).Must(200)["items"]!.AsArray()
            .FirstOrDefault(m => Word(m!, "template") == "booked")) is not null);
        Assert.Contains(day, Word(message!, "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStoredNameOfAnotherSystem_IsSaidWithTheZoneInUse()
    {
        ServicePointId id = new("point_stored");
        IServicePointGrain grain = Server.Services.GetRequiredService<IGrainFactory>().GetGrain<IServicePointGrain>(GrainKeys.Of(new TenantId("main"), id.Value));
        ServicePointProfile profile = new(
            "Stored", new ZoneId(City.Zone), new Domain.Geo.Place(121, 31), [new ZoneId(City.Zone)], ["Example"], [], new OpeningHours(new(9, 0), new(18, 0), "China Standard Time", []), [new("phone", 1)]);
        Assert.Null((await grain.Execute(new DefineServicePoint(id, new TenantId("main"), profile, []), null)).Refusal);
        JsonNode hours = (await Server.Get($"/v1/points/{id.Value}", city.Dispatcher)).Must(200)["hours"]!;
        Assert.Equal(("China Standard Time", "Asia/Shanghai"), (Word(hours, "timeZone"), Word(hours, "effectiveTimeZone")));
        await DispatchServer.Until("the list has it", async () => (await Server.Get("/v1/points", city.Dispatcher)).Must(200)["items"]!.AsArray().Any(p => Word(p!, "id") == id.Value));
    }

    private static string Word(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static JsonObject Point(string name, JsonObject? hours)
    {
        JsonObject body = Parcels.PointBody(name);
        body["hours"] = hours;
        body.Remove("signIn");
        return body;
    }
}
