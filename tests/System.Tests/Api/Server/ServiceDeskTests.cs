using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.SystemTests.Api.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>Contacts, the second line, call-backs and complaints, as agents, experts, technicians and customers meet them over HTTP.</summary>
public sealed class ServiceDeskTests(ServiceDeskTests.Stage stage) : IClassFixture<ServiceDeskTests.Stage>
{
    /// <summary>A city with two agents and two experts.</summary>
    public sealed class Stage : IAsyncLifetime
    {
        public City City { get; } = new();
        public string[] Agents { get; private set; } = [];
        public string[] Experts { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            await City.InitializeAsync();
            Agents = [await Account("agent", "lin"), await Account("agent", "wang")];
            Experts = [await Account("expert", "zhao"), await Account("expert", "qian")];
        }

        public ValueTask DisposeAsync() => City.DisposeAsync();

        private async Task<string> Account(string role, string user)
        {
            JsonObject body = new() { ["user"] = user, ["password"] = DispatchServer.Password, ["role"] = role, ["name"] = $"The {user}" };
            (await City.Server.Post("/v1/accounts", body, City.Manager)).Must(201);
            return await City.Server.SignIn(user);
        }
    }

    private static readonly JsonObject Nothing = [];

    private readonly City city = stage.City;

    private DispatchServer Server => city.Server;

    private string Agent => stage.Agents[0];

    private static JsonObject Ask(string text = "The screen is dark") => new() { ["channel"] = "messaging", ["category"] = "screen", ["text"] = text, ["customer"] = new JsonObject { ["name"] = "Ada Example", ["phone"] = "+86 21 5555 0199" } };

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private async Task<(string Id, string Token)> Opened(JsonObject? body = null, string? by = null)
    {
        JsonNode contact = (await Server.Post("/v1/contacts", body ?? Ask(), by)).Must(201);
        return (Text(contact, "id"), Text(contact, "contactToken"));
    }

    private Task<Answer> Act(string path, string token, JsonObject? body = null) => Server.Post(path, body ?? Nothing.DeepClone(), token);

    /// <summary>A job that was done and closed, with its technician.</summary>
    private async Task<(Filed Job, Person By)> Served()
    {
        Person technician = await city.Technician();
        (Filed job, long epoch) = await city.Accepted(technician);
        foreach ((string step, JsonObject more) in new (string, JsonObject)[] { ("depart", []), ("arrive", []), ("repair", new() { ["outcome"] = "repaired" }), ("sign", new() { ["signedBy"] = "Ada" }), ("close", []) })
        {
            more["epoch"] = epoch;
            (await Server.Post($"/v1/jobs/{job.Id}/{step}", more, technician.Token)).Must(200);
        }
        return (job, technician);
    }

    private async Task<string> CallOf(Filed job)
    {
        string id = "";
        await DispatchServer.Until("the job has its call", async () =>
        {
            JsonArray items = (await Server.Get($"/v1/callbacks?jobId={job.Id}", Agent)).Must(200)["items"]!.AsArray();
            if (items.Count > 0)
                id = Text(items.Single()!, "id");
            return items.Count > 0;
        });
        return id;
    }

    private static JsonObject Scores(int service, int quality, int time, int attitude) => new() { ["service"] = service, ["quality"] = quality, ["time"] = time, ["attitude"] = attitude };

    private static JsonObject Complaint(string? job = null)
    {
        JsonObject body = new() { ["reason"] = "quality", ["wish"] = "refund", ["text"] = "It broke again the same day" };
        if (job is not null)
            body["jobId"] = job;
        return body;
    }

    [Fact]
    public async Task Anybody_AsksForAConsultation_AndFollowsItWithoutAnAccount()
    {
        (string id, string token) = await Opened();
        (string other, _) = await Opened();
        JsonNode waiting = (await Server.Get($"/v1/contacts/{id}", token)).Must(200);
        Assert.Equal(("waiting", "messaging", "consultation"), (Text(waiting["contact"]!, "status"), Text(waiting["contact"]!, "channel"), Text(waiting["contact"]!, "kind")));
        (await Server.Get($"/v1/contacts/{other}", token)).MustRefuse(403, "auth.forbidden");
        (await Server.Get($"/v1/contacts/{id}")).MustRefuse(401, "auth.required");
        (await Act($"/v1/contacts/{id}/claim", Agent)).Must(200);
        (await Act($"/v1/contacts/{id}/say", Agent, new() { ["text"] = "Hold the button for ten seconds" })).Must(200);
        (await Act($"/v1/contacts/{id}/say", Agent, new() { ["text"] = "Sounds impatient", ["note"] = true })).Must(200);
        (await Act($"/v1/contacts/{id}/say", token, new() { ["text"] = "It works!" })).Must(200);
        Answer seen = await Server.Get($"/v1/contacts/{id}", token);
        Assert.Equal(["customer", "agent", "customer"], seen.Must(200)["words"]!.AsArray().Select(w => Text(w!, "voice")));
        Assert.DoesNotContain("impatient", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("user_lin", seen.Text, StringComparison.Ordinal);
        (await Act($"/v1/contacts/{id}/end", Agent, new() { ["outcome"] = "helpedRemotely" })).Must(200);
        Assert.Equal("ended", Text((await Server.Get($"/v1/contacts/{id}", token)).Must(200)["contact"]!, "status"));
        (await Act($"/v1/contacts/{id}/say", token, new() { ["text"] = "Thanks" })).MustRefuse(409, "contact.ended_before");
    }

    [Fact]
    public async Task OfManyWhoClaimAtOnce_ExactlyOneGetsIt()
    {
        for (int round = 0; round < 25; round++)
        {
            (string id, _) = await Opened();
            Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Act($"/v1/contacts/{id}/claim", i % 2 == 0 ? stage.Agents[0] : stage.Agents[1])));
            string winner = Text((await Server.Get($"/v1/contacts/{id}", Agent)).Must(200)["contact"]!, "agentId");
            for (int i = 0; i < answers.Length; i++)
                if ((i % 2 == 0 ? "user_lin" : "user_wang") == winner)
                    answers[i].Must(200);
                else
                    Assert.Equal(winner, answers[i].MustRefuse(409, "contact.already_claimed").Fact("agent"));
        }
    }

    [Fact]
    public async Task Promises_AreMeasured_PerKindAndChannel()
    {
        (string id, _) = await Opened(new() { ["channel"] = "hotline", ["text"] = "A call" }, Agent);
        JsonNode Hotline(JsonNode promises) => promises["promises"]!.AsArray().Single(p => Text(p!, "kind") == "hotline" && p!["channel"] is null)!;
        await DispatchServer.Until("the call waits", async () => Hotline((await Server.Get("/v1/contacts/promises", Agent)).Must(200))["waiting"]!.GetValue<int>() == 1);
        JsonNode before = Hotline((await Server.Get("/v1/contacts/promises", Agent)).Body);
        Assert.Equal((30, "promises/hotline"), (before["promiseSeconds"]!.GetValue<int>(), Text(before, "clause")));
        Assert.NotNull(before["nextDueAt"]);
        JsonNode claimed = (await Act($"/v1/contacts/{id}/claim", Agent)).Must(200);
        await Server.GetFresh($"/v1/contacts?token={Text(claimed, "token")}", Agent);
        JsonNode after = Hotline((await Server.Get("/v1/contacts/promises", Agent)).Must(200));
        Assert.Equal((0, 1, 1.0, true), (after["waiting"]!.GetValue<int>(), after["answered"]!.GetValue<int>(), after["share"]!.GetValue<double>(), after["kept"]!.GetValue<bool>()));
        Assert.InRange(after["averageSeconds"]!.GetValue<double>(), 0, 30);
        (await Server.Get("/v1/contacts/promises", city.Point)).MustRefuse(403, "auth.forbidden");
    }

    [Fact]
    public async Task AJobOfAContact_RecordsItsChannel_AndTheContactTheJob()
    {
        (string id, _) = await Opened(new() { ["channel"] = "shopPlatform", ["text"] = "From the shop" }, Agent);
        (await Act($"/v1/contacts/{id}/claim", Agent)).Must(200);
        JsonObject body = City.JobBody();
        body["contactId"] = id;
        string job = Text((await Server.Post("/v1/jobs", body, Agent)).Must(201), "id");
        JsonNode seen = (await Server.Get($"/v1/jobs/{job}", Agent)).Must(200);
        Assert.Equal(("shopPlatform", id), (Text(seen, "channel"), Text(seen, "contactId")));
        (await Act($"/v1/contacts/{id}/end", Agent, new() { ["outcome"] = "jobFiled" })).MustRefuse(422, "contact.job_missing");
        (await Act($"/v1/contacts/{id}/end", Agent, new() { ["outcome"] = "jobFiled", ["jobId"] = "job_nowhere" })).MustRefuse(404, "job.unknown");
        (await Act($"/v1/contacts/{id}/end", Agent, new() { ["outcome"] = "jobFiled", ["jobId"] = job })).Must(200);
        Assert.Equal(job, Text((await Server.Get($"/v1/contacts/{id}", Agent)).Must(200)["contact"]!, "jobId"));
        (string another, _) = await Opened();
        (await Act($"/v1/contacts/{another}/claim", Agent)).Must(200);
        (await Act($"/v1/contacts/{another}/end", Agent, new() { ["outcome"] = "jobFiled", ["jobId"] = job })).MustRefuse(409, "contact.job_elsewhere");
        Filed byThemselves = await city.Job();
        Assert.Equal("web", Text((await Server.Get($"/v1/jobs/{byThemselves.Id}", Agent)).Must(200), "channel"));
        body.Remove("contactId");
        body["channel"] = "hotline";
        (await Server.Post("/v1/jobs", body)).MustRefuse(401, "auth.required");
    }

    [Fact]
    public async Task WhoAndWhatWasSaid_IsInNoEventAndNoList_AndEveryLookIsAudited()
    {
        (string id, _) = await Opened(Ask("My name is Ada Example"));
        await Server.GetFresh($"/v1/contacts?token=contact:{id}:2", Agent);
        foreach (string path in new[] { "/v1/contacts", $"/v1/streams/contact/{id}/events", "/v1/streams/desk/all/events?limit=1000", "/v1/streams/desk/all/snapshot" })
        {
            string text = (await Server.Get(path, Agent)).Must(200).ToJsonString();
            foreach (string personal in new[] { "Ada Example", "55550199" })
                Assert.DoesNotContain(personal, text, StringComparison.Ordinal);
        }
        Assert.Equal("Ada Example", Text((await Server.Get($"/v1/contacts/{id}/person", Agent)).Must(200), "name"));
        Assert.Equal(1, await Audited("contact.read", id, "user_lin"));
        (await Server.Get($"/v1/contacts/{id}/person", stage.Experts[0])).MustRefuse(403, "auth.forbidden");
    }

    [Fact]
    public async Task ATechnicianOnSite_AsksTheSecondLine_WhoSeesTheWholeHistory()
    {
        Person technician = await city.Technician(), stranger = await city.Technician();
        (Filed job, _) = await city.Accepted(technician);
        JsonObject question = new() { ["jobId"] = job.Id, ["question"] = "It restarts in a loop" };
        (await Act("/v1/escalations", stranger.Token, question)).MustRefuse(403, "auth.forbidden");
        string id = Text((await Act("/v1/escalations", technician.Token, question)).Must(201), "id");
        Answer[] takes = await Task.WhenAll(stage.Experts.Select(e => Act($"/v1/escalations/{id}/take", e)));
        Assert.Equal([200, 409], takes.Select(t => t.Status).Order());
        string expert = stage.Experts[takes[0].Status == 200 ? 0 : 1];
        JsonNode seen = (await Server.Get($"/v1/escalations/{id}", expert)).Must(200);
        Assert.Equal("It restarts in a loop", Text(seen, "question"));
        Assert.Contains("job.accepted", seen["history"]!.AsArray().Select(e => Text(e!, "type")));
        (await Act($"/v1/escalations/{id}/answer", Agent, new() { ["text"] = "x" })).MustRefuse(403, "auth.forbidden");
        (await Act($"/v1/escalations/{id}/answer", expert, new() { ["text"] = "Flash the newest firmware" })).Must(200);
        Assert.Equal("Flash the newest firmware", Text((await Server.Get($"/v1/escalations/{id}", technician.Token)).Must(200), "reply"));
        (await Server.Get($"/v1/escalations/{id}", stranger.Token)).MustRefuse(403, "auth.forbidden");
        Assert.Contains(id, (await Server.Get("/v1/escalations", technician.Token)).Must(200).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await Server.Get("/v1/escalations", stranger.Token)).Must(200).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnExpertWhoCannotHelp_GivesItBackWithTheReason_FromAContactToo()
    {
        (string contact, _) = await Opened();
        string id = Text((await Act("/v1/escalations", Agent, new() { ["contactId"] = contact, ["question"] = "Which firmware?" })).Must(201), "id");
        (await Act($"/v1/escalations/{id}/take", stage.Experts[0])).Must(200);
        Assert.Equal("The screen is dark", Text((await Server.Get($"/v1/escalations/{id}", stage.Experts[0])).Must(200)["words"]![0]!, "text"));
        (await Act($"/v1/escalations/{id}/return", stage.Experts[0])).Must(200);
        (await Act($"/v1/escalations/{id}/take", stage.Experts[1])).Must(200);
        (await Act($"/v1/escalations/{id}/give-back", stage.Experts[1], new() { ["text"] = "Ask for the serial first" })).Must(200);
        JsonNode seen = (await Server.Get($"/v1/escalations/{id}", Agent)).Must(200);
        Assert.Equal(("givenBack", "Ask for the serial first"), (Text(seen["escalation"]!, "status"), Text(seen, "reply")));
    }

    [Fact]
    public async Task ACustomerIsCalledBack_TriedAgain_AndALowScoreOpensAComplaint()
    {
        (Filed job, _) = await Served();
        string id = await CallOf(job);
        (await Act($"/v1/callbacks/{id}/rate", Agent, Scores(5, 5, 5, 5))).MustRefuse(409, "callback.not_taken");
        (await Act($"/v1/callbacks/{id}/take", Agent)).Must(200);
        (await Act($"/v1/callbacks/{id}/take", stage.Agents[1])).MustRefuse(409, "callback.already_taken");
        (await Act($"/v1/callbacks/{id}/not-reached", Agent)).Must(200);
        (await Act($"/v1/callbacks/{id}/take", stage.Agents[1])).Must(200);
        JsonObject scores = Scores(5, 1, 4, 5);
        scores["remark"] = "Broke after an hour";
        (await Act($"/v1/callbacks/{id}/rate", stage.Agents[1], scores)).Must(200);
        JsonNode rated = (await Server.Get($"/v1/callbacks/{id}", Agent)).Must(200);
        Assert.Equal("Broke after an hour", Text(rated, "remark"));
        Assert.True(rated["callBack"]!["complaint"]!.GetValue<bool>());
        string? complaint = null;
        await DispatchServer.Until("the complaint is there", async () => (complaint = (string?)(await Server.Get($"/v1/callbacks/{id}", Agent)).Must(200)["caseId"]) is not null);
        JsonNode opened = (await Server.Get($"/v1/cases/{complaint}", Agent)).Must(200);
        Assert.Equal(("quality", "Broke after an hour"), (Text(opened["case"]!, "reason"), Text(opened["entries"]![0]!, "text")));
    }

    [Fact]
    public async Task ALowRating_JoinsTheComplaintUnderWay_AndAfterItsEndOpensTheNext()
    {
        foreach (bool over in new[] { false, true })
        {
            (Filed job, _) = await Served();
            string first = Text((await Server.Post($"/v1/track/{job.Tracking}/complaint", Complaint())).Must(201), "id");
            if (over)
                (await Server.Post($"/v1/track/{job.Tracking}/cases/{first}/withdraw", Nothing.DeepClone())).Must(200);
            JsonObject scores = Scores(1, 5, 5, 5);
            scores["remark"] = "And nobody rang back";
            (await Server.Post($"/v1/track/{job.Tracking}/rating", scores)).Must(200);
            JsonArray cases = [];
            await DispatchServer.Until("the complaint has the rating", async () =>
                (cases = (await Server.Get($"/v1/track/{job.Tracking}/desk")).Must(200)["cases"]!.AsArray()).Any(c => c!["entries"]!.AsArray().Any(e => (string?)e!["text"] == "And nobody rang back")));
            Assert.Equal(over ? ["open", "closed"] : ["open"], cases.Select(c => Text(c!, "status")));
            Assert.Equal(over, Text(cases[0]!, "id") != first);
            (await Server.Post($"/v1/track/{job.Tracking}/complaint", Complaint())).MustRefuse(409, "case.already_open");
        }
    }

    [Fact]
    public async Task ACustomerRatesByTheLinkAlone_Once_AndNotBeforeTheEnd()
    {
        Filed open = await city.Job();
        (await Server.Post($"/v1/track/{open.Tracking}/rating", Scores(5, 5, 5, 5))).MustRefuse(409, "callback.job_not_closed");
        (Filed job, _) = await Served();
        Assert.True((await Server.Get($"/v1/track/{job.Tracking}/desk")).Must(200)["mayRate"]!.GetValue<bool>());
        (await Server.Post($"/v1/track/{job.Tracking}/rating", Scores(5, 4, 3, 5))).Must(200);
        (await Server.Post($"/v1/track/{job.Tracking}/rating", Scores(5, 5, 5, 5))).MustRefuse(409, "callback.ended_before");
        JsonNode desk = (await Server.Get($"/v1/track/{job.Tracking}/desk")).Must(200);
        Assert.Equal((4, false), (desk["rating"]!["quality"]!.GetValue<int>(), desk["mayRate"]!.GetValue<bool>()));
        Assert.Empty(desk["cases"]!.AsArray());
        await CallOf(job);
    }

    [Fact]
    public async Task ADispute_GoesFromComplaintToSettlement_InTheCustomersSight_AndEveryStepIsAudited()
    {
        Filed job = await city.Job(), other = await city.Job();
        string id = Text((await Server.Post($"/v1/track/{job.Tracking}/complaint", Complaint())).Must(201), "id");
        (await Server.Post($"/v1/track/{job.Tracking}/complaint", Complaint())).MustRefuse(409, "case.already_open");
        (await Server.Post($"/v1/track/{other.Tracking}/cases/{id}/state", new JsonObject { ["text"] = "mine?" })).MustRefuse(404, "case.unknown");
        (await Act($"/v1/cases/{id}/propose", Agent, new() { ["remedy"] = "apology" })).MustRefuse(409, "case.wrong_status");
        (await Act($"/v1/cases/{id}/take", Agent)).Must(200);
        (await Act($"/v1/cases/{id}/note", stage.Agents[1], new() { ["text"] = "The board was wet" })).Must(200);
        (await Act($"/v1/cases/{id}/propose", stage.Agents[1], new() { ["remedy"] = "apology" })).MustRefuse(403, "case.not_yours");
        (await Act($"/v1/cases/{id}/propose", Agent, new() { ["remedy"] = "apology", ["text"] = "We are sorry" })).Must(200);
        (await Server.Post($"/v1/track/{job.Tracking}/cases/{id}/answer", new JsonObject { ["number"] = 2, ["accept"] = true })).MustRefuse(412, "case.proposal_outdated");
        (await Server.Post($"/v1/track/{job.Tracking}/cases/{id}/answer", new JsonObject { ["number"] = 1, ["accept"] = false, ["text"] = "Not enough" })).Must(200);
        (await Act($"/v1/cases/{id}/propose", Agent, new() { ["remedy"] = "refund", ["amount"] = 12_000 })).Must(200);
        (await Server.Post($"/v1/track/{job.Tracking}/cases/{id}/answer", new JsonObject { ["number"] = 2, ["accept"] = true })).Must(200);
        (await Act($"/v1/cases/{id}/settle", Agent, new() { ["reference"] = "pay-77" })).Must(200);
        Answer seen = await Server.Get($"/v1/track/{job.Tracking}/desk");
        JsonNode complaint = seen.Must(200)["cases"]!.AsArray().Single()!;
        Assert.Equal(("settled", "pay-77"), (Text(complaint, "status"), Text(complaint["settlement"]!, "reference")));
        Assert.Equal(["open", "take", "propose", "refuse", "propose", "accept", "settle"], complaint["entries"]!.AsArray().Select(e => Text(e!, "step")));
        Assert.DoesNotContain("wet", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("user_lin", seen.Text, StringComparison.Ordinal);
        Assert.True(seen.Body["mayComplain"]!.GetValue<bool>());
        foreach ((string step, string who, long times) in new[]
                 {
                     ("open", $"customer:{job.Id}", 1L), ("take", "user_lin", 1), ("note", "user_wang", 1), ("propose", "user_lin", 2), ("answer", $"customer:{job.Id}", 2), ("settle", "user_lin", 1),
                 })
            Assert.Equal(times, await Audited($"case.{step}", id, who));
        // Whoever does not work on complaints hears that there is one, and of no money.
        foreach ((string path, string list) in new[] { ("/v1/streams/desk/all/events?limit=1000", "events"), ($"/v1/streams/job/{job.Id}/events", "events"), ($"/v1/jobs/{job.Id}/history", "items") })
        {
            await DispatchServer.Until("the settlement is told", async () => (await Server.Get(path, Agent)).Must(200)[list]!.AsArray().Any(e => Text(e!, "type") == "case.settled" && e!["data"]!.AsObject().ContainsKey("settlement")));
            JsonNode[] told = [.. (await Server.Get(path, stage.Experts[0])).Must(200)[list]!.AsArray().OfType<JsonNode>().Where(e => Text(e, "type").StartsWith("case.", StringComparison.Ordinal))];
            Assert.Contains(told, e => Text(e, "type") == "case.settled");
            Assert.All(told, e => Assert.Equal(["caseId"], e["data"]!.AsObject().Select(p => p.Key)));
        }
        // The customer's stream tells no more.
        await DispatchServer.Until("the job's stream tells the customer", async () =>
            (await Server.Get($"/v1/streams/job/{job.Id}/events", job.Tracking)).Must(200)["events"]!.AsArray().Any(e => Text(e!, "type") == "case.settled" && e!["data"]!.AsObject().Count == 1));
    }

    [Fact]
    public async Task OfManyComplaintsAtOnce_OneIsTaken_AndAfterItsEndAnother()
    {
        Filed job = await city.Job();
        for (int round = 0; round < 3; round++)
        {
            Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Server.Post($"/v1/track/{job.Tracking}/complaint", Complaint())));
            string id = Text(answers.Single(a => a.Status == 201).Body, "id");
            Assert.All(answers.Where(a => a.Status != 201), a => a.MustRefuse(409, "case.already_open"));
            (await Server.Post($"/v1/track/{job.Tracking}/cases/{id}/withdraw", Nothing.DeepClone())).Must(200);
        }
    }

    [Fact]
    public async Task ADisputeNobodyAgreesOn_IsReferred_OrClosedWithAReason()
    {
        Filed job = await city.Job();
        string id = Text((await Act("/v1/cases", Agent, Complaint(job.Id))).Must(201), "id");
        (await Act($"/v1/cases/{id}/take", Agent, new() { ["responsibleId"] = "user_nobody" })).MustRefuse(422, "case.responsible_unknown");
        (await Act($"/v1/cases/{id}/take", Agent, new() { ["responsibleId"] = "user_wang" })).Must(200);
        (await Act($"/v1/cases/{id}/propose", stage.Agents[1], new() { ["remedy"] = "refusal" })).MustRefuse(422, "case.reason_missing");
        (await Act($"/v1/cases/{id}/propose", stage.Agents[1], new() { ["remedy"] = "refund" })).MustRefuse(422, "case.amount_belongs_to_refund");
        (await Act($"/v1/cases/{id}/propose", stage.Agents[1], new() { ["remedy"] = "refund", ["amount"] = long.MaxValue })).MustRefuse(422, "case.amount_out_of_range");
        (await Act($"/v1/cases/{id}/propose", stage.Agents[1], new() { ["remedy"] = "refusal", ["text"] = "Liquid" })).Must(200);
        (await Act($"/v1/cases/{id}/answer", stage.Agents[1], new() { ["number"] = 1, ["accept"] = false })).Must(200);
        (await Act($"/v1/cases/{id}/refer", stage.Agents[1], new() { ["text"] = "Consumers’ association" })).Must(200);
        (await Act($"/v1/cases/{id}/close", stage.Agents[1], new() { ["ending"] = "noAgreement", ["text"] = "They did not come" })).Must(200);
        Assert.Equal("noAgreement", Text((await Server.Get($"/v1/cases/{id}", Agent)).Must(200)["case"]!, "ending"));
    }

    [Fact]
    public async Task TheSameKey_IsTheSameCommand_AndWordsOfARefusedOneAreNotKept()
    {
        Answer first = await Server.Post("/v1/contacts", Ask(), null, "ask-once");
        first.Must(201);
        Answer again = await Server.Post("/v1/contacts", Ask(), null, "ask-once");
        Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        (await Server.Post("/v1/contacts", Ask("Something else"), null, "ask-once")).MustRefuse(422, "operation.key_reused");
        string id = Text(first.Body, "id");
        Assert.Equal("The screen is dark", Text((await Server.Get($"/v1/contacts/{id}", Agent)).Must(200)["words"]!.AsArray().Single()!, "text"));
        (await Act($"/v1/contacts/{id}/say", Agent, new() { ["text"] = "Too early" })).MustRefuse(409, "contact.not_claimed");
        Assert.Equal(1, await Count("SELECT COUNT(*) FROM desk_text WHERE thing = @subject", id, null, null));
        JsonObject say = new() { ["text"] = "Once" };
        (await Act($"/v1/contacts/{id}/claim", Agent)).Must(200);
        string[] answers = [.. (await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Server.Post($"/v1/contacts/{id}/say", say.DeepClone(), Agent, "say-once")))).Select(a => a.Must(200).ToJsonString()).Distinct()];
        Assert.Single(answers);
        Assert.Equal(2, (await Server.Get($"/v1/contacts/{id}", Agent)).Must(200)["words"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"text":"x","channel":"pigeon"}""")]
    [InlineData("""{"text":"x","kind":"chat"}""")]
    [InlineData("""{"text":""}""")]
    [InlineData("""{"text":"x","category":"teleport"}""")]
    [InlineData("""{"text":"x","jobId":"42"}""")]
    [InlineData("""{"text":"x","deviceId":"42"}""")]
    [InlineData("""{"text":"x","customer":{"phone":""}}""")]
    public async Task AWrongConsultation_IsACodedProblem(string body) => (await Server.Post("/v1/contacts", JsonNode.Parse(body))).MustRefuse(400, "request.invalid");

    [Theory]
    [InlineData("""{"text":"x","channel":"hotline"}""")]
    [InlineData("""{"text":"x","channel":"web","kind":"hotline"}""")]
    [InlineData("""{"text":"x","jobId":"job_x"}""")]
    public async Task WhoComesByThemselves_CannotJumpTheQueue(string body) => (await Server.Post("/v1/contacts", JsonNode.Parse(body))).MustRefuse(401, "auth.required");

    [Theory]
    [InlineData("/v1/contacts/contact_nowhere", 404, "contact.unknown")]
    [InlineData("/v1/contacts/x", 404, "contact.unknown")]
    [InlineData("/v1/contacts?status=exploded", 400, "request.invalid")]
    [InlineData("/v1/contacts?open=maybe", 400, "request.invalid")]
    [InlineData("/v1/contacts?channel=pigeon", 400, "request.invalid")]
    [InlineData("/v1/contacts?jobId=x", 400, "request.invalid")]
    [InlineData("/v1/contacts?limit=0", 400, "request.invalid")]
    [InlineData("/v1/contacts?limit=10&limit=20", 400, "request.invalid")]
    [InlineData("/v1/escalations/escalation_nowhere", 404, "escalation.unknown")]
    [InlineData("/v1/callbacks/callback_nowhere", 404, "callback.unknown")]
    [InlineData("/v1/cases/case_nowhere", 404, "case.unknown")]
    [InlineData("/v1/cases/..%2f", 404, "case.unknown")]
    [InlineData("/v1/streams/desk/some/events", 404, "stream.unknown")]
    [InlineData("/v1/streams/contact/contact_nowhere/events", 404, "contact.unknown")]
    [InlineData("/v1/streams/case/case_nowhere/snapshot", 404, "case.unknown")]
    public async Task AWrongAddress_IsACodedProblem(string path, int status, string code) => (await Server.Get(path, Agent)).MustRefuse(status, code);

    /// <summary>Expected statuses of Anonymous, Agent, Expert, Dispatcher, Point, a technician, a customer of a job.</summary>
    public static TheoryData<string, string, int[]> Matrix => new()
    {
        { "GET", "/v1/contacts", [401, 200, 200, 200, 403, 403, 403] },
        { "GET", "/v1/escalations", [401, 200, 200, 200, 200, 200, 403] },
        { "GET", "/v1/callbacks", [401, 200, 403, 200, 403, 403, 403] },
        { "GET", "/v1/cases", [401, 200, 403, 200, 403, 403, 403] },
        { "GET", "/v1/streams/desk/all/snapshot", [401, 200, 200, 200, 403, 403, 403] },
        { "POST", "/v1/contacts/contact_x/claim", [401, 404, 403, 404, 403, 403, 403] },
        { "POST", "/v1/contacts/contact_x/leave", [401, 403, 403, 403, 403, 403, 403] },
        { "POST", "/v1/escalations/escalation_x/take", [401, 403, 404, 403, 403, 403, 403] },
        { "POST", "/v1/callbacks/callback_x/take", [401, 404, 403, 404, 403, 403, 403] },
        { "POST", "/v1/cases/case_x/take", [401, 404, 403, 404, 403, 403, 403] },
        { "POST", "/v1/cases", [401, 400, 403, 400, 403, 403, 403] },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task EveryCaller_GetsExactlyTheirRights(string method, string path, int[] expected)
    {
        string?[] callers = [null, Agent, stage.Experts[0], city.Dispatcher, city.Point, (await city.Technician()).Token, (await city.Job()).Tracking];
        int[] got = new int[callers.Length];
        for (int i = 0; i < callers.Length; i++)
            got[i] = (method == "GET" ? await Server.Get(path, callers[i]) : await Server.Post(path, Nothing.DeepClone(), callers[i])).Status;
        Assert.Equal(expected, got);
    }

    [Fact]
    public async Task TheHub_TellsTheDesk_AndTheCustomerOfTheirContactOnly()
    {
        (string id, string token) = await Opened();
        (string other, _) = await Opened();
        await using Listener desk = await Listener.Connect(Server, Agent), customer = await Listener.Connect(Server, token);
        await desk.Subscribe("desk/all");
        await customer.Subscribe($"contact/{id}");
        await Assert.ThrowsAnyAsync<Exception>(() => customer.Subscribe($"contact/{other}"));
        await Assert.ThrowsAnyAsync<Exception>(() => customer.Subscribe("desk/all"));
        (await Act($"/v1/contacts/{id}/claim", Agent)).Must(200);
        await DispatchServer.Until("both hear of it", () => Task.FromResult(
            desk.Events("desk/all").Any(e => Text(e, "type") == "contact.claimed") && customer.Events($"contact/{id}").Any(e => Text(e, "type") == "contact.claimed")));
        JsonNode told = customer.Events($"contact/{id}").Single(e => Text(e, "type") == "contact.claimed");
        Assert.Equal(["contactId"], told["data"]!.AsObject().Select(p => p.Key));
        JsonNode seen = desk.Events("desk/all").Last(e => Text(e, "type") == "contact.claimed");
        Assert.Equal((id, "talking"), (Text(seen["data"]!["view"]!, "id"), Text(seen["data"]!["view"]!, "status")));
    }

    private Task<long> Audited(string action, string subject, string who) => Count("SELECT COUNT(*) FROM audit WHERE action = @action AND subject = @subject AND who = @who AND digest <> ''", subject, action, who);

    private Task<long> Count(string sql, string subject, string? action, string? who) => Server.Services.GetRequiredService<IDatabase>().Read(connection =>
    {
        using DbCommand count = connection.CreateCommand();
        count.CommandText = sql;
        foreach ((string name, string? value) in new[] { ("@action", action), ("@subject", subject), ("@who", who) })
        {
            if (value is null)
                continue;
            DbParameter parameter = count.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            count.Parameters.Add(parameter);
        }
        return Convert.ToInt64(count.ExecuteScalar(), CultureInfo.InvariantCulture);
    }, TestContext.Current.CancellationToken);
}
