using System.Globalization;
using System.Text.Json.Nodes;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Triage;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>What is owed, what is offered, and the register, over HTTP.</summary>
public sealed class EntitlementServerTests(City city) : IClassFixture<City>
{
    private static int _names;

    private DispatchServer Server => city.Server;

    private static string Day(int fromToday) =>
        TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string SomeImei()
    {
        string digits = $"86403803{Interlocked.Increment(ref _names):000000}";
        return $"{digits}{Imei.CheckDigit(digits)}";
    }

    private static JsonArray Papers(params JsonNode[] more) => new([
        new JsonObject { ["kind"] = "invoice", ["state"] = "valid" }, new JsonObject { ["kind"] = "warrantyCard", ["state"] = "valid" },
        new JsonObject { ["kind"] = "inspection", ["state"] = "confirmed", ["fault"] = "screen" }, .. more]);

    private static JsonObject Phone(int bought) => new() { ["kind"] = "phone", ["purchasedOn"] = Day(bought), ["evidence"] = Papers() };

    private static string[] Words(JsonNode decision, string list, string member) => [.. decision[list]!.AsArray().Select(o => o![member]!.GetValue<string>())];

    [Fact]
    public async Task Anybody_LearnsWhatIsOwed_ByWhichClause_AndWhatIsMissing()
    {
        JsonNode decision = (await Server.Post("/v1/entitlement", Phone(-7))).Must(200);
        Assert.Equal(["refund", "exchangeUnit", "repairFree"], Words(decision, "options", "remedy"));
        JsonNode refund = decision["options"]![0]!;
        Assert.Equal(("seller", "day-7/refund", Day(0)), (refund["owedBy"]!.GetValue<string>(), refund["clause"]!.GetValue<string>(), refund["until"]!.GetValue<string>()));
        Assert.Equal(["exchangePart", "repairFree"], Words((await Server.Post("/v1/entitlement", Phone(-8))).Must(200), "options", "remedy"));
        JsonObject bare = new() { ["kind"] = "phone", ["purchasedOn"] = Day(-2) };
        JsonNode missing = (await Server.Post("/v1/entitlement", bare)).Must(200)["missing"]!.AsArray().First(m => m!["clause"]!.GetValue<string>() == "day-7/refund")!;
        Assert.Equal(["invoice", "warrantyCard", "inspection"], missing["needs"]!.AsArray().Select(n => n!.GetValue<string>()));
        JsonObject past = Phone(-7);
        past["on"] = Day(-1);
        past["evidence"]!.AsArray().ToList().ForEach(e => e!["on"] = Day(-2));
        Assert.Equal(Day(-1), (await Server.Post("/v1/entitlement", past)).Must(200)["today"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"kind":"bicycle"}""", 422, "rules.none_in_force")]
    [InlineData("""{"kind":"phone","item":"case"}""", 400, "entitlement.item_unknown")]
    [InlineData("""{"kind":"camera","line":"golden"}""", 400, "entitlement.line_unknown")]
    [InlineData("""{"kind":"phone","purchasedOn":"2199-01-01"}""", 422, "entitlement.date_in_future")]
    [InlineData("""{"kind":"phone","purchasedOn":"2026-02-01","madeOn":"2026-02-02"}""", 422, "entitlement.dates_reversed")]
    [InlineData("""{"kind":"phone","evidence":[{"kind":"invoice","state":"torn"}]}""", 400, "entitlement.evidence_invalid")]
    [InlineData("""{"kind":"phone","evidence":[{"kind":"purchaseDate","state":"valid"}]}""", 400, "entitlement.evidence_invalid")]
    [InlineData("""{"kind":"phone","evidence":[{"kind":"smell","state":"valid"}]}""", 400, "request.invalid")]
    [InlineData("""{"kind":"phone","purchasedOn":"2026-02-30"}""", 400, "request.malformed")]
    [InlineData("""{"kind":"phone","purchasedOn":"9999-12-31","on":"9999-12-31"}""", 400, "request.invalid")]
    [InlineData("""{"kind":"phone","on":"2025-12-31"}""", 422, "rules.none_in_force")]
    [InlineData("""{"kind":"phone","history":[{"kind":"repair"}]}""", 400, "request.invalid")]
    [InlineData("""{"kind":"phone","deviceId":"dev_x"}""", 401, "auth.required")]
    public async Task AnImpossibleCase_IsACodedProblem(string body, int status, string code) => (await Server.Post("/v1/entitlement", JsonNode.Parse(body))).MustRefuse(status, code);

    [Fact]
    public async Task SelfDiagnosis_LeadsToRemoteHelp_OrToAFault_AndRefusesWrongAnswers()
    {
        JsonNode first = (await Server.Post("/v1/triage", new JsonObject { ["category"] = "screen" })).Must(200);
        foreach (string language in new[] { "zh-Hans", "zh-Hant", "en" })
            Assert.NotEmpty(first["question"]!["words"]![language]!.GetValue<string>());
        Assert.Equal("remote", (await Server.Post("/v1/triage", Answered("no", "yes", "yes"))).Must(200)["end"]!["kind"]!.GetValue<string>());
        JsonNode fault = (await Server.Post("/v1/triage", Answered("yes"))).Must(200)["end"]!;
        Assert.Equal(("fault", "urgent", 45, "screen"), (fault["kind"]!.GetValue<string>(), fault["severity"]!.GetValue<string>(), fault["minutes"]!.GetValue<int>(), fault["parts"]![0]!["code"]!.GetValue<string>()));
        (await Server.Post("/v1/triage", Answered("maybe"))).MustRefuse(400, "triage.answer_unknown");
        (await Server.Post("/v1/triage", Answered("yes", "yes"))).MustRefuse(400, "triage.too_many_answers");
        (await Server.Post("/v1/triage", new JsonObject { ["category"] = "kettle" })).MustRefuse(404, "triage.tree_unknown");

        static JsonObject Answered(params string[] answers) => new() { ["category"] = "screen", ["answers"] = new JsonArray([.. answers.Select(a => JsonValue.Create(a))]) };
    }

    /// <summary>What trees speak of, the catalogue knows: a job can be filed about every end.</summary>
    [Fact]
    public async Task EveryEndOfEveryTree_IsACategoryOfTheCatalogue()
    {
        string[] codes = Words((await Server.Get("/v1/catalogue")).Must(200), "categories", "code");
        TriageTree[] trees = [.. TriageBook.BuiltIn.Versions.SelectMany(b => b.Trees)];
        Assert.Empty(trees.SelectMany(t => t.Ends.Select(e => e.Category)).Except(codes));
        Assert.Empty(codes.Except(trees.Select(t => t.Category)));
    }

    [Fact]
    public async Task ADevice_IsEnteredOnce_FoundByItsNumber_AndKeepsWhoHadIt()
    {
        string imei = SomeImei();
        JsonObject body = new() { ["kind"] = "phone", ["brand"] = "Huawei", ["model"] = "P60 Pro", ["imei"] = imei, ["purchasedOn"] = Day(-20) };
        string id = (await Server.Post("/v1/devices", body, city.Dispatcher, $"enter-{imei}")).Must(201)["id"]!.GetValue<string>();
        Assert.Equal(id, (await Server.Post("/v1/devices", body, city.Dispatcher, $"enter-{imei}")).Must(201)["id"]!.GetValue<string>());
        (await Server.Post($"/v1/devices/{id}/owner", new JsonObject { ["owner"] = "+86 21 5555 0101" }, city.Point)).Must(200);
        JsonNode found = (await Server.Get($"/v1/devices?imei={imei[..8]}-{imei[8..]}", city.Point)).Must(200)["items"]!.AsArray().Single()!;
        Assert.Equal((id, imei[..8], "P60 Pro"), (found["id"]!.GetValue<string>(), found["typeCode"]!.GetValue<string>(), found["model"]!.GetValue<string>()));
        Assert.Single(found["owners"]!.AsArray());
        Assert.DoesNotContain("5555", found.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty((await Server.Get($"/v1/devices?imei={SomeImei()}", city.Dispatcher)).Must(200)["items"]!.AsArray());
        (await Server.Get($"/v1/devices/{id}")).MustRefuse(401, "auth.required");
        (await Server.Post($"/v1/devices/{id}/owner", new JsonObject { ["owner"] = "x", ["at"] = "2199-01-01T00:00:00Z" }, city.Dispatcher)).MustRefuse(422, "device.time_in_future");
        body["imei"] = $"{imei[..14]}{(imei[14] - '0' + 1) % 10}";
        (await Server.Post("/v1/devices", body, city.Dispatcher)).MustRefuse(400, "device.imei_check_digit");
        body["serial"] = "ABC123";
        (await Server.Post("/v1/devices", body, city.Dispatcher)).MustRefuse(400, "request.invalid");
    }

    [Fact]
    public async Task AnExchangeThatIsOwed_GoesFromDeskToDesk_AndTheNewUnitIsEntered()
    {
        (string imei, string given) = (SomeImei(), SomeImei());
        JsonObject body = new() { ["kind"] = "phone", ["brand"] = "Huawei", ["model"] = "P60 Pro", ["imei"] = imei, ["purchasedOn"] = Day(-3) };
        string id = (await Server.Post("/v1/devices", body, city.Dispatcher)).Must(201)["id"]!.GetValue<string>();
        Person technician = await city.Technician();
        (await Server.Post($"/v1/devices/{id}/exchange", new JsonObject { ["remedy"] = "exchangeUnit", ["evidence"] = Papers(new JsonObject { ["kind"] = "label", ["state"] = "torn" }) }, city.Point))
            .MustRefuse(409, "exchange.not_owed");
        Answer missing = await Server.Post($"/v1/devices/{id}/exchange", new JsonObject { ["remedy"] = "exchangeUnit", ["evidence"] = new JsonArray(new JsonObject { ["kind"] = "invoice", ["state"] = "valid" }) }, city.Point);
        Assert.Contains("WarrantyCard", missing.MustRefuse(409, "exchange.not_owed").Fact("missing"));
        (await Server.Post($"/v1/devices/{id}/exchange", new JsonObject { ["remedy"] = "exchangeUnit", ["evidence"] = Papers() }, city.Point)).Must(200);
        (await Step("replaceCard", "frontDesk", city.Point)).MustRefuse(409, "exchange.wrong_step");
        (await Step("verify", "seller", technician.Token)).MustRefuse(403, "auth.forbidden");
        (await Step("verify", "dispatcher", city.Dispatcher)).MustRefuse(403, "exchange.not_responsible");
        (await Step("verify", "technician", technician.Token)).Must(200);
        (await Step("replaceCard", "frontDesk", city.Point, ("oldCard", "A1"))).MustRefuse(422, "exchange.record_missing");
        (await Step("replaceCard", "frontDesk", city.Point, ("oldCard", "A1"), ("invoiceCopy", "kept"), ("newCard", "A2"))).Must(200);
        (await Step("recordSerial", "frontDesk", city.Point, ("newSerial", imei), ("stampedOn", Day(0)))).MustRefuse(422, "device.same_unit");
        (await Step("recordSerial", "frontDesk", city.Point, ("newSerial", given), ("stampedOn", Day(0)))).Must(200);
        (await Step("sendToSeller", "dispatcher", city.Dispatcher, ("waybill", "DP1"))).Must(200);
        Assert.Equal("seller", (await Server.Get($"/v1/devices/{id}", city.Point)).Must(200)["exchange"]!["next"]!["desk"]!.GetValue<string>());
        (await Step("handOver", "seller", city.Dispatcher)).Must(200);
        JsonNode? unit = null;
        await DispatchServer.Until("the new unit is entered", async () => (unit = (await Server.Get($"/v1/devices?imei={given}", city.Point)).Must(200)["items"]!.AsArray().SingleOrDefault()) is not null);
        Assert.Equal(id, unit!["replaces"]!.GetValue<string>());
        // The time for repairs begins anew for it; the seven days do not, and the register is what knows.
        JsonNode decision = (await Server.Post("/v1/entitlement", new JsonObject { ["deviceId"] = unit["id"]!.GetValue<string>(), ["evidence"] = Papers() }, city.Point)).Must(200);
        string[] untils = [.. decision["options"]!.AsArray().Where(o => o!["remedy"]!.GetValue<string>() is "refund" or "repairFree").Select(o => o!["until"]!.GetValue<string>())];
        Assert.Equal([Day(4), DateOnly.Parse(Day(0), CultureInfo.InvariantCulture).AddYears(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)], untils);

        Task<Answer> Step(string step, string desk, string token, params (string Name, string Value)[] notes) => Server.Post($"/v1/devices/{id}/exchange/step", new JsonObject
        {
            ["step"] = step, ["desk"] = desk, ["notes"] = new JsonArray([.. notes.Select(n => new JsonObject { ["name"] = n.Name, ["value"] = n.Value })]),
        }, token);
    }

    private static JsonObject Ask() => new()
    {
        ["category"] = "screen",
        ["device"] = new JsonObject { ["kind"] = "phone", ["brand"] = "Example", ["model"] = "One" },
        ["place"] = City.Place(121.01, 31.01),
    };

    [Fact]
    public async Task EveryMode_HasAPriceAndAPromise_OrACode()
    {
        await city.Technician();
        JsonObject point = new()
        {
            ["name"] = "Point of offers", ["zone"] = City.Zone, ["place"] = City.Place(121.02, 31.02), ["brands"] = new JsonArray("Example"),
            ["skills"] = new JsonArray(new JsonObject { ["code"] = "phone", ["level"] = 2 }),
            ["stock"] = new JsonArray(new JsonObject { ["code"] = "screen", ["quantity"] = 5 }, new JsonObject { ["code"] = "unit:example:one", ["quantity"] = 1 }),
            ["hours"] = new JsonObject { ["open"] = "00:00", ["close"] = "23:59", ["timeZone"] = "Asia/Shanghai" }, ["slots"] = new JsonArray(new JsonObject { ["category"] = "phone", ["perDay"] = 9 }),
        };
        (await Server.Post("/v1/points", point, city.Manager)).Must(201);
        JsonNode comparison = null!;
        await DispatchServer.Until("somebody is on duty in the lists", async () =>
            Mode(comparison = (await Server.Post("/v1/offers", Ask())).Must(200), "doorToDoor")["offered"]!.GetValue<bool>());
        Assert.Equal(11, comparison["offers"]!.AsArray().Count);
        foreach (JsonNode? offer in comparison["offers"]!.AsArray())
            Assert.True(offer!["offered"]!.GetValue<bool>() ? offer["price"] is not null && offer["until"] is not null : offer["notOffered"]!["code"]!.GetValue<string>().Contains('.'), offer.ToJsonString());
        Assert.Equal(77_000, Mode(comparison, "walkIn")["price"]!["total"]!.GetValue<long>());
        Assert.Equal(89_000, Mode(comparison, "doorToDoor")["price"]!["total"]!.GetValue<long>());
        Assert.True(Mode(comparison, "swapAtPoint")["offered"]!.GetValue<bool>());
        Assert.Equal("offer.no_exchange_unit", Mode(comparison, "swapAtDoor")["notOffered"]!["code"]!.GetValue<string>());
        Assert.Equal("offer.remote_cannot_help", Mode(comparison, "remote")["notOffered"]!["code"]!.GetValue<string>());
        Assert.Equal("walkIn", comparison["cheapest"]!.GetValue<string>());

        JsonObject owed = Ask();
        (owed["purchasedOn"], owed["evidence"]) = (Day(-30), Papers());
        JsonNode mail = Mode((await Server.Post("/v1/offers", owed)).Must(200), "mailIn");
        Assert.Equal((0, "year/repair"), (mail["price"]!["total"]!.GetValue<long>(), mail["clause"]!.GetValue<string>()));

        JsonObject diagnosed = Ask();
        diagnosed["answers"] = new JsonArray("no", "yes", "yes");
        JsonNode remote = (await Server.Post("/v1/offers", diagnosed)).Must(200);
        Assert.True(Mode(remote, "remote")["offered"]!.GetValue<bool>());
        Assert.Equal("offer.repair_not_needed", Mode(remote, "walkIn")["notOffered"]!["code"]!.GetValue<string>());

        static JsonNode Mode(JsonNode comparison, string mode) => comparison["offers"]!.AsArray().Single(o => o!["mode"]!.GetValue<string>() == mode)!;
    }

    public static TheoryData<string, string, int, string> WrongOffers => new()
    {
        { "category", "\"kettle\"", 400, "request.invalid" },
        { "answers", "[\"no\"]", 400, "request.invalid" },
        { "answers", "[\"maybe\"]", 400, "triage.answer_unknown" },
        { "place", """{"lon":121,"lat":91}""", 400, "request.invalid" },
        { "segment", "\"enterprise\"", 401, "auth.required" },
        { "contract", "\"fleet\"", 401, "auth.required" },
        { "device", """{"kind":"phone","brand":"Example","model":"One","imei":"490154203237519"}""", 400, "device.imei_check_digit" },
        { "device", """{"kind":"toaster","brand":"Example","model":"One"}""", 400, "request.invalid" },
        { "purchasedOn", "\"2199-01-01\"", 422, "entitlement.date_in_future" },
        { "line", "\"golden\"", 400, "entitlement.line_unknown" },
    };

    [Theory]
    [MemberData(nameof(WrongOffers))]
    public async Task AWrongQuestion_IsACodedProblem(string field, string json, int status, string code)
    {
        JsonObject body = Ask();
        body[field] = JsonNode.Parse(json);
        (await Server.Post("/v1/offers", body)).MustRefuse(status, code);
    }

    [Fact]
    public async Task SegmentAndContract_AreForStaffToName_AndMustBeKnown()
    {
        JsonObject body = Ask();
        body["segment"] = "enterprise";
        JsonNode comparison = (await Server.Post("/v1/offers", body, city.Dispatcher)).Must(200);
        Assert.Equal("offer.not_for_segment", comparison["offers"]!.AsArray().Single(o => o!["mode"]!.GetValue<string>() == "selfService")!["notOffered"]!["code"]!.GetValue<string>());
        body["contract"] = "studio";
        (await Server.Post("/v1/offers", body, city.Dispatcher)).MustRefuse(400, "offer.contract_unknown");
        body["segment"] = "royal";
        (await Server.Post("/v1/offers", body, city.Dispatcher)).MustRefuse(400, "offer.segment_unknown");
    }
}
