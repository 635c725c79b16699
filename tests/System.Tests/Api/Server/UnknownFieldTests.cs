using System.Text;
using System.Text.Json.Nodes;
using Dispatch.Sim.Client.Hub;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>A name the contract does not know is a slip that must not get lost: refused in every body, at every depth, and named.</summary>
public sealed class UnknownFieldTests(City city) : IClassFixture<City>
{
    private const string Surplus = "surplus";

    private DispatchServer Server => city.Server;

    /// <summary>Each operation of the contract is sent its own body with one more member, once for each object in that body.</summary>
    [Fact]
    public async Task EveryObjectOfEveryBody_RefusesAFieldItDoesNotKnow()
    {
        JsonNode contract = (await Server.Get("/openapi/v1.json")).Must(200);
        string[] tokens = await EveryRole();
        int bodies = 0, objects = 0;
        foreach ((string path, JsonNode? item) in contract["paths"]!.AsObject())
            foreach ((string method, JsonNode? operation) in item!.AsObject())
            {
                if (method != "post" || !path.StartsWith("/v1/", StringComparison.Ordinal))
                    continue;
                JsonNode? schema = operation!["requestBody"]?["content"]?["application/json"]?["schema"];
                Assert.True(schema is not null, $"{path}: what takes no body cannot refuse what is in it");
                bodies++;
                foreach ((string place, JsonNode body) in WithSurplus(contract, schema!))
                {
                    objects++;
                    await MustName(path.Replace("{number}", "1", StringComparison.Ordinal), body, place, tokens);
                }
            }
        Assert.True(bodies >= 70, $"{bodies} bodies");
        Assert.True(objects > bodies, $"{objects} objects");
    }

    [Fact]
    public async Task Contract_ClosesBodiesAndLeavesAnswersOpen()
    {
        JsonNode schemas = (await Server.Get("/openapi/v1.json")).Must(200)["components"]!["schemas"]!;
        foreach (string closed in new[] { "CreateJobRequest", "NeedsInput", "PartInput", "ContactInput", "BookOfferRequest",
            "CarrierEventInput", "PositionInput" })
            Assert.False(schemas[closed]!["additionalProperties"]!.GetValue<bool>());
        foreach (string open in new[] { "JobView", "JobReplyView", "TechnicianView" })
            Assert.Null(schemas[open]!["additionalProperties"]);
    }

    [Theory]
    [InlineData("severty", "\"urgent\"", "severty")]
    [InlineData("adress", "\"1 River Road\"", "adress")]
    [InlineData("Category", "\"screen\"", "Category")]
    [InlineData("key", "1", "key")]
    [InlineData("device", """{"brand":"Example","model":"One","imei":"1"}""", "device.imei")]
    [InlineData("windows", """[{"from":"2030-01-01T00:00:00Z","to":"2030-01-01T01:00:00Z","till":1}]""", "windows[0].till")]
    [InlineData("needs", """{"serviceSeconds":60,"skils":[{"code":"phone","level":1}]}""", "needs.skils")]
    [InlineData("needs", """{"serviceSeconds":60,"parts":[{"code":"screen","quantity":1,"qty":2}]}""", "needs.parts[0].qty")]
    public async Task SlipInAJob_IsRefusedByName(string field, string json, string named)
    {
        JsonObject body = City.JobBody();
        body[field] = JsonNode.Parse(json);
        Answer refused = (await Server.Post("/v1/jobs", body, city.Dispatcher)).MustRefuse(400, "request.invalid");
        Assert.Equal("unknown_field", refused.Fact(named));
        Assert.Contains(named, refused.Body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownFields_AreNamedTogetherWithWhatElseIsWrong()
    {
        Answer refused =
            (await Server.Post("/v1/jobs", new JsonObject { ["Category"] = "screen", ["adress"] = "x" })).MustRefuse(400,
            "request.invalid");
        Assert.Equal(("unknown_field", "unknown_field", "missing"),
            (refused.Fact("Category"), refused.Fact("adress"), refused.Fact("category")));
    }

    [Theory]
    [InlineData("""{"category":"screen","category":"battery"}""", "$.category")]
    [InlineData("""{"contact":{"name":"A","name":"B"}}""", "$.contact.name")]
    [InlineData("""{"windows":[{},{"from":"2030-01-01T00:00:00Z","from":"2030-01-01T00:00:00Z"}]}""", "$.windows[1].from")]
    public async Task RepeatedField_IsRefusedByName(string body, string path)
    {
        Answer refused = (await Server.PostRaw("/v1/jobs", Encoding.UTF8.GetBytes(body))).MustRefuse(400, "request.malformed");
        Assert.Equal(("duplicate_field", path), (refused.Fact("reason"), refused.Fact("path")));
    }

    /// <summary>Public benchmark instances bring codes of their own.</summary>
    [Fact]
    public async Task CodesOutsideTheCatalogue_AreStillForStaffToUse()
    {
        JsonObject body = City.JobBody();
        body["needs"] = JsonNode.Parse("""{"serviceSeconds":60,"skills":[{"code":"s17","level":1}],"tools":["t3"],"parts":[{"code":"p9","quantity":1}]}""");
        (await Server.Post("/v1/jobs", body, city.Dispatcher)).Must(201);
    }

    /// <summary>
    /// Arguments of the hub go by place and not by name: one too many is refused, and so is an object where a word belongs.
    /// </summary>
    [Fact]
    public async Task HubArguments_AreNoMoreThanTheContractHas()
    {
        await using Listener hub = await Listener.Connect(Server, city.Dispatcher);
        await hub.Subscribe($"zone/{City.Zone}");
        await Assert.ThrowsAsync<HubInvocationException>(() => hub.Invoke("Subscribe", $"zone/{City.Zone}", 0L, Surplus));
        await Assert.ThrowsAsync<HubInvocationException>(() => hub.Invoke("Subscribe", new { stream = $"zone/{City.Zone}", Surplus }, 0L));
    }

    private async Task MustName(string path, JsonNode body, string place, string[] tokens)
    {
        Answer answer = await Server.Post(path, body);
        for (int i = 0; i < tokens.Length && answer.Status is 401 or 403; i++)
            answer = await Server.Post(path, body, tokens[i]);
        Assert.True(answer.Status == 400, $"{path} with {place}: {answer.Status} {answer.Text}");
        Assert.True(answer.Fact(place) == "unknown_field", $"{path} with {place}: {answer.Text}");
    }

    private async Task<string[]> EveryRole()
    {
        List<string> tokens = [city.Manager, city.Point, (await city.Technician()).Token];
        foreach (string role in new[] { "agent", "expert", "carrier", "seller" })
        {
            JsonObject account =
                new() { ["user"] = $"each-{role}", ["password"] = DispatchServer.Password, ["role"] = role, ["name"] = role };
            (await Server.Post("/v1/accounts", account, city.Manager)).Must(201);
            tokens.Add(await Server.SignIn($"each-{role}"));
        }
        return [.. tokens];
    }

    /// <summary>The body that the schema describes, made up, with one more member in one of its objects: one for each object.</summary>
    private static IEnumerable<(string Place, JsonNode Body)> WithSurplus(JsonNode contract, JsonNode schema)
    {
        List<string> places = [];
        Make(contract, schema, "", places, null);
        foreach (string place in places)
            yield return (place + Surplus, Make(contract, schema, "", [], place)!);
    }

    private static JsonNode? Make(JsonNode contract, JsonNode schema, string prefix, List<string> places, string? surplusIn)
    {
        JsonNode shape = Resolve(contract, schema);
        switch (TypeOf(shape))
        {
            case "object":
                places.Add(prefix);
                JsonObject made = [];
                foreach ((string name, JsonNode? member) in shape["properties"]?.AsObject() ?? [])
                    made[name] = Make(contract, member!, MemberPrefix(contract, member!, $"{prefix}{name}"), places, surplusIn);
                if (surplusIn == prefix)
                    made[Surplus] = 1;
                return made;
            case "array":
                return new JsonArray(Make(contract, shape["items"]!, prefix, places, surplusIn));
            case "boolean":
                return true;
            case "integer" or "number":
                return 1;
            default:
                return shape["format"]?.GetValue<string>() switch { "date-time" => "2026-01-01T00:00:00Z", "date" => "2026-01-01", _ =>
                    "x" };
        }
    }

    private static string MemberPrefix(JsonNode contract, JsonNode member, string path) =>
        TypeOf(Resolve(contract, member)) == "array" ? $"{path}[0]." : $"{path}.";

    private static JsonNode Resolve(JsonNode contract, JsonNode schema)
    {
        if (schema["oneOf"] is JsonArray choices)
            return Resolve(contract, choices.First(c => c!["type"]?.ToString() != "null")!);
        return schema["$ref"]?.GetValue<string>() is { } reference ? contract["components"]!["schemas"]![reference.Split('/')[^1]]!
            : schema;
    }

    private static string? TypeOf(JsonNode shape) =>
        shape["type"] is JsonArray several ? several.Select(t => t!.GetValue<string>()).First(t => t != "null")
            : shape["type"]?.GetValue<string>();
}
