using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>A technician's id in another system is kept, finds them again, and belongs to one person.</summary>
public sealed class ExternalIdTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    private JsonObject Body(string? external, string name = "Ada Example")
    {
        JsonObject body = city.TechnicianBody("unused");
        body.Remove("signIn");
        (body["name"], body["externalId"]) = (name, external);
        return body;
    }

    private async Task<JsonArray> Found(string external) =>
        (await Server.Get($"/v1/technicians?externalId={external}", city.Dispatcher)).Must(200)["items"]!.AsArray();

    [Fact]
    public async Task ExternalId_IsInEveryView_AndFindsTheTechnician()
    {
        JsonNode made = (await Server.Post("/v1/technicians", Body("HR-17"), city.Dispatcher)).Must(201);
        string id = made["id"]!.GetValue<string>();
        Assert.Equal("HR-17", made["externalId"]!.GetValue<string>());
        Assert.Equal("HR-17", (await Server.Get($"/v1/technicians/{id}", city.Dispatcher)).Must(200)["externalId"]!.GetValue<string>());
        await DispatchServer.Until("the list has it", async () => (await Found("HR-17")).Count == 1);
        Assert.Equal((id, "HR-17"),
            ((await Found("HR-17"))[0]!["id"]!.GetValue<string>(), (await Found("HR-17"))[0]!["externalId"]!.GetValue<string>()));
        Assert.Empty(await Found("HR-1"));
        Assert.Empty((await Server.Get("/v1/technicians?externalId=HR-17&zone=zone_other", city.Dispatcher)).Must(200)["items"]!.AsArray());
        // A technician finds nobody but themselves.
        Assert.Empty((await Server.Get("/v1/technicians?externalId=HR-17", (await city.Technician()).Token)).Must(200)["items"]!.AsArray());
    }

    [Fact]
    public async Task SecondEntryWithTheSameExternalId_IsAConflictThatNamesTheFirst()
    {
        JsonObject first = Body("HR-18");
        string id = (await Server.Post("/v1/technicians", first, city.Dispatcher, "first")).Must(201)["id"]!.GetValue<string>();
        foreach (JsonObject again in new[] { Body("HR-18"), Body("HR-18", "Somebody Else") })
        {
            Answer refused = (await Server.Post("/v1/technicians", again, city.Dispatcher)).MustRefuse(409, "technician.external_id_taken");
            Assert.Equal((id, id), (refused.Fact("technicianId"), refused.Body["current"]!["id"]!.GetValue<string>()));
        }
        Assert.Equal(id, (await Server.Post("/v1/technicians", first, city.Dispatcher, "first")).Must(201)["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task EntriesAtTheSameMoment_MakeOneTechnician()
    {
        Answer[] answers =
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Server.Post("/v1/technicians", Body("HR-19"), city.Dispatcher)));
        Assert.Single(answers, a => a.Status == 201);
        Assert.All(answers.Where(a => a.Status != 201), a => a.MustRefuse(409, "technician.external_id_taken"));
    }

    /// <summary>The account of an entry that was refused does not stay behind, and does not lead to the other person.</summary>
    [Fact]
    public async Task RefusedEntry_LeavesNoAccount()
    {
        (await Server.Post("/v1/technicians", Body("HR-20"), city.Dispatcher)).Must(201);
        JsonObject second = Body("HR-20");
        second["signIn"] = new JsonObject { ["user"] = "second-of-20", ["password"] = DispatchServer.Password };
        (await Server.Post("/v1/technicians", second, city.Dispatcher)).MustRefuse(409, "technician.external_id_taken");
        (await Server.Post("/v1/sign-in",
            new JsonObject { ["user"] = "second-of-20", ["password"] = DispatchServer.Password })).MustRefuse(401,
            "auth.wrong_credentials");
    }

    [Theory]
    [InlineData("HR-21", null)]
    [InlineData(null, "HR-22")]
    [InlineData("HR-23", "HR-24")]
    public async Task KeyThatWasUsedWithAnotherExternalId_IsNoticed(string? first, string? second)
    {
        string key = Guid.NewGuid().ToString("N");
        (await Server.Post("/v1/technicians", Body(first), city.Dispatcher, key)).Must(201);
        (await Server.Post("/v1/technicians", Body(second), city.Dispatcher, key)).MustRefuse(422, "operation.key_reused");
    }
}
