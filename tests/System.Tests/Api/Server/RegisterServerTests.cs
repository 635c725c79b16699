using System.Globalization;
using System.Text.Json.Nodes;
using Dispatch.Domain.Devices;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>What people enter into a device's record by hand, and the desks that exchanges wait at.</summary>
public sealed class RegisterServerTests(City city) : IClassFixture<City>
{
    private static int _names;

    private DispatchServer Server => city.Server;

    private static string Day(int fromToday) =>
        TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<string> SomePhone()
    {
        string digits = $"35209900{Interlocked.Increment(ref _names):000000}";
        JsonObject body = new() { ["kind"] = "phone", ["brand"] = "Huawei", ["model"] = "P60 Pro", ["imei"] = $"{digits}{Imei.CheckDigit(digits)}", ["purchasedOn"] = Day(-3) };
        return (await Server.Post("/v1/devices", body, city.Dispatcher)).Must(201)["id"]!.GetValue<string>();
    }

    private static JsonArray Confirmed(string fault) => new(
        new JsonObject { ["kind"] = "invoice", ["state"] = "valid" }, new JsonObject { ["kind"] = "warrantyCard", ["state"] = "valid" },
        new JsonObject { ["kind"] = "inspection", ["state"] = "confirmed", ["fault"] = fault });

    private async Task<string> Sellers()
    {
        string user = $"seller-{Interlocked.Increment(ref _names)}";
        (await Server.Post("/v1/accounts", new JsonObject { ["user"] = user, ["password"] = "a long enough password", ["role"] = "seller", ["name"] = "Counter" }, city.Manager)).Must(201);
        return await Server.SignIn(user, "a long enough password");
    }

    [Fact]
    public async Task AnAccessoryReplacedTwice_MakesItsRefundOwed()
    {
        string id = await SomePhone();
        JsonObject claim = new() { ["deviceId"] = id, ["item"] = "battery", ["evidence"] = Confirmed("battery") };
        foreach (int replaced in new[] { 1, 2 })
        {
            JsonObject body = new() { ["accessory"] = "battery", ["at"] = TimeProvider.System.GetUtcNow().AddHours(replaced - 3).ToString("O") };
            (await Server.Post($"/v1/devices/{id}/accessory", body, city.Point)).Must(200);
            (await Server.Post($"/v1/devices/{id}/accessory", body.DeepClone(), city.Point)).Must(200);
            string[] owed = [.. (await Server.Post("/v1/entitlement", claim, city.Point)).Must(200)["options"]!.AsArray().Select(o => o!["remedy"]!.GetValue<string>())];
            Assert.Equal(replaced == 2, owed.Contains("refundAccessory"));
        }
        Assert.Equal(2, (await Server.Get($"/v1/devices/{id}", city.Point)).Must(200)["accessories"]!.AsArray().Count);
        (await Server.Post($"/v1/devices/{id}/accessory", new JsonObject { ["accessory"] = "strap" }, city.Point)).MustRefuse(400, "entitlement.item_unknown");
        (await Server.Post($"/v1/devices/{id}/accessory", new JsonObject { ["accessory"] = "battery", ["at"] = "2199-01-01T00:00:00Z" }, city.Point)).MustRefuse(422, "device.time_in_future");
        (await Server.Post($"/v1/devices/{id}/accessory", new JsonObject { ["accessory"] = "battery", ["jobId"] = "x" }, city.Point)).MustRefuse(400, "request.invalid");
        (await Server.Post("/v1/devices/dev_none/accessory", new JsonObject { ["accessory"] = "battery" }, city.Point)).MustRefuse(404, "device.unknown");
        (await Server.Post($"/v1/devices/{id}/accessory", new JsonObject { ["accessory"] = "battery" })).MustRefuse(401, "auth.required");
    }

    [Fact]
    public async Task APartsSerial_IsInTheDevicesRecord_AndNoOtherRecordIsTouchedByASlip()
    {
        string id = await SomePhone();
        (await Server.Post($"/v1/devices/{id}/part", new JsonObject { ["part"] = "screen", ["serial"] = "sc 7a-0042" }, city.Point)).Must(200);
        (await Server.Post($"/v1/devices/{id}/part", new JsonObject { ["part"] = "screen", ["serial"] = "SC7A-0042" }, city.Dispatcher)).Must(200);
        JsonNode part = (await Server.Get($"/v1/devices/{id}", city.Point)).Must(200)["parts"]!.AsArray().Single()!;
        Assert.Equal(("screen", "SC7A-0042"), (part["part"]!.GetValue<string>(), part["serial"]!.GetValue<string>()));
        (await Server.Post($"/v1/devices/{id}/part", new JsonObject { ["part"] = "screen", ["serial"] = "?!" }, city.Point)).MustRefuse(400, "device.serial_malformed");
        (await Server.Post("/v1/devices/dev_none/part", new JsonObject { ["part"] = "screen", ["serial"] = "SC7A-0043" }, city.Point)).MustRefuse(404, "device.unknown");
    }

    [Fact]
    public async Task ASeller_SeesWhatWaitsAtTheirDesk_HandsItOver_AndSeesNothingElse()
    {
        string id = await SomePhone(), seller = await Sellers();
        (await Server.Post($"/v1/devices/{id}/exchange", new JsonObject { ["remedy"] = "refund", ["evidence"] = Confirmed("screen") }, city.Point)).Must(200);
        await Waiting("technician", city.Dispatcher, id, isThere: true);
        Assert.DoesNotContain(id, Ids(await Server.Get("/v1/exchanges", seller)));
        (await Step("verify", "technician", city.Point)).Must(200);
        (await Step("replaceCard", "frontDesk", city.Point, ("oldCard", "A1"), ("invoiceCopy", "kept"), ("newCard", "A2"))).Must(200);
        (await Step("recordSerial", "frontDesk", city.Point, ("newSerial", "none"), ("stampedOn", Day(0)))).Must(200);
        (await Step("handOver", "seller", seller)).MustRefuse(409, "exchange.wrong_step");
        (await Step("sendToSeller", "dispatcher", seller)).MustRefuse(403, "auth.forbidden");
        (await Step("sendToSeller", "dispatcher", city.Dispatcher, ("waybill", "DP1"))).Must(200);
        await Waiting(null, seller, id, isThere: true);
        (await Server.Get("/v1/exchanges?desk=frontDesk", seller)).MustRefuse(403, "auth.forbidden");
        (await Server.Get("/v1/exchanges?desk=kitchen", city.Dispatcher)).MustRefuse(400, "request.invalid");
        (await Server.Get($"/v1/devices/{id}", seller)).MustRefuse(403, "auth.forbidden");
        (await Server.Get("/v1/jobs", seller)).MustRefuse(403, "auth.forbidden");
        (await Step("handOver", "seller", seller)).Must(200);
        await Waiting(null, seller, id, isThere: false);
        Assert.Equal("done", (await Server.Get($"/v1/devices/{id}", city.Point)).Must(200)["exchange"]!["status"]!.GetValue<string>());

        Task<Answer> Step(string step, string desk, string token, params (string Name, string Value)[] notes) => Server.Post($"/v1/devices/{id}/exchange/step", new JsonObject
        {
            ["step"] = step, ["desk"] = desk, ["notes"] = new JsonArray([.. notes.Select(n => new JsonObject { ["name"] = n.Name, ["value"] = n.Value })]),
        }, token);
    }

    private static string[] Ids(Answer list) => [.. list.Must(200)["items"]!.AsArray().Select(i => i!["deviceId"]!.GetValue<string>())];

    private Task Waiting(string? desk, string token, string id, bool isThere) => DispatchServer.Until($"{id} at {desk ?? "one's own desk"}: {isThere}", async () =>
        Ids(await Server.Get($"/v1/exchanges{(desk is null ? "" : $"?desk={desk}")}", token)).Contains(id) == isThere);
}
