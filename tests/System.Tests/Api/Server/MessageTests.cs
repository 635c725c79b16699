using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.SystemTests.Api.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.SystemTests.Api.Server;

public sealed class MessageTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    [Fact]
    public async Task TheTextOfARequest_HoldsALinkThatWorks()
    {
        Filed job = await city.Job();
        JsonNode message = await Until(job.Id, "requested", "sent", "delivered");
        string text = message["text"]!.GetValue<string>();
        string link = Regex.Match(text, @"\S*/track/\S+").Value;
        Assert.Equal(job.Tracking, link.Split('/')[^1]);
        JsonNode tracked = (await Server.Get($"/v1{new Uri(Server.Address, link).AbsolutePath}")).Must(200);
        Assert.Equal(job.Id, tracked["jobId"]!.GetValue<string>());
    }

    [Fact]
    public async Task AVisit_IsToldStepByStep_InTheCustomersLanguage_AndDelivered()
    {
        Person technician = await city.Technician();
        (Filed job, long epoch) = await city.Accepted(technician);
        (await Server.Post($"/v1/jobs/{job.Id}/depart", new JsonObject { ["epoch"] = epoch }, technician.Token)).Must(200);
        // Lists order by milliseconds: two steps within one are in no order.
        await Until(job.Id, "onTheWay", "sent", "delivered");
        (await Server.Post($"/v1/jobs/{job.Id}/cancel", new JsonObject { ["reason"] = "changed" }, city.Dispatcher)).Must(200);
        JsonNode cancelled = await Until(job.Id, "cancelled", "delivered");
        Assert.Equal(1, cancelled["attempts"]!.GetValue<int>());
        JsonArray all = (await List($"jobId={job.Id}"))["items"]!.AsArray();
        Assert.Equal(["cancelled", "onTheWay", "accepted", "requested"], all.Select(m => m!["template"]!.GetValue<string>()));
        Assert.All(all, m => Assert.Equal(("en", "sms", "+862****0101", job.Id), (Word(m, "language"), Word(m, "channel"), Word(m, "to"), Word(m, "jobId"))));
        Assert.Contains($"Person {technician.User} is on the way", Word(all[1], "text"), StringComparison.Ordinal);
    }

    /// <summary>
    /// A departure that is told three hours late: the interval it leads to is over, so that no message, page or list tells it as one to
    /// come.
    /// </summary>
    [Fact]
    public async Task ADepartureToldLate_LeadsToNoIntervalThatIsOver()
    {
        Person technician = await city.Technician();
        (Filed job, long epoch) = await city.Accepted(technician);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        (
            await Server.Post(
                $"/v1/jobs/{job.Id}/depart",
                new JsonObject { ["epoch"] = epoch, ["occurredAt"] = now.AddHours(-3).ToString("O") },
                technician.Token
            )
        ).Must(200);
        Assert.Contains(
            "is on the way, expected soon.",
            Word(await Until(job.Id, "onTheWay", "sent", "delivered"), "text"),
            StringComparison.Ordinal
        );
        Assert.Null((await Server.Get($"/v1/track/{job.Tracking}")).Must(200)["arrival"]);
        JsonNode shown = (await Server.Get($"/v1/jobs/{job.Id}", city.Dispatcher)).Must(200);
        Assert.True(shown["arrival"]!["to"]!.GetValue<DateTimeOffset>() < now);
        Assert.True(shown["visit"]!["arriveAt"]!.GetValue<DateTimeOffset>() >= now.AddMinutes(-1));
    }

    [Fact]
    public async Task AnUnreachableNumber_FailsWithItsReason_AndCanBeSentAgainOncePerKey()
    {
        Filed job = await city.Job(Body("13900000000", null));
        JsonNode failed = await Until(job.Id, "requested", "failed");
        Assert.Equal(("message.undeliverable", "zh-Hans", "+861****0000"),
            (Word(failed, "failure"), Word(failed, "language"), Word(failed, "to")));
        string id = Word(failed, "id");
        Assert.Contains(id, (await List($"status=failed&jobId={job.Id}"))["items"]!.AsArray().Select(m => Word(m, "id")));
        Assert.Empty((await List($"status=delivered&jobId={job.Id}"))["items"]!.AsArray());

        Answer again = await Server.Post($"/v1/messages/{id}/resend", new JsonObject(), city.Manager, "again");
        Assert.Equal(("queued", id), (Word(again.Must(200), "status"), Word(again.Body, "id")));
        Answer repeated = await Server.Post($"/v1/messages/{id}/resend", new JsonObject(), city.Manager, "again");
        Assert.Equal((again.Status, again.Text), (repeated.Status, repeated.Text));
        await DispatchServer.Until("it fails a second time", async () => (await Find(job.Id, "requested")) is { } m && Word(m, "status") == "failed" && m["attempts"]!.GetValue<int>() == 2);
    }

    [Fact]
    public async Task AMessageThatHasNotFailed_IsNotSentAgain()
    {
        Filed job = await city.Job();
        JsonNode message = await Until(job.Id, "requested", "delivered");
        Answer refused = (await Server.Post($"/v1/messages/{Word(message, "id")}/resend", new JsonObject(), city.Dispatcher)).MustRefuse(409, "message.not_failed");
        Assert.Equal("delivered", refused.Fact("status"));
        (await Server.Post("/v1/messages/msg_nothing-1-requested/resend", new JsonObject(), city.Dispatcher)).MustRefuse(404, "message.unknown");
        (await Server.Post("/v1/messages/job_1/resend", null, city.Dispatcher)).MustRefuse(404, "message.unknown");
    }

    [Fact]
    public async Task OnlyDispatchersAndManagers_ReadAndResend()
    {
        Person technician = await city.Technician();
        Filed job = await city.Job();
        foreach (string token in new[] { technician.Token, city.Point, job.Tracking })
        {
            (await Server.Get("/v1/messages", token)).MustRefuse(403, "auth.forbidden");
            (await Server.Post("/v1/messages/msg_x-1-requested/resend", new JsonObject(), token)).MustRefuse(403, "auth.forbidden");
        }
        (await Server.Get("/v1/messages")).MustRefuse(401, "auth.required");
        (await Server.Post("/v1/messages/msg_x-1-requested/resend", new JsonObject())).MustRefuse(401, "auth.required");
        (await Server.Get("/v1/messages?limit=1", city.Manager)).Must(200);
    }

    [Theory]
    [InlineData("status=lost", "status", "unknown")]
    [InlineData("status=sent&status=failed", "status", "duplicate")]
    [InlineData("jobId=tech_1", "jobId", "bad_form")]
    [InlineData("jobId=job_%25", "jobId", "bad_form")]
    [InlineData("limit=0", "limit", "out_of_range")]
    [InlineData("limit=1001", "limit", "out_of_range")]
    [InlineData("after=x", "after", "bad_form")]
    public async Task AWrongQuery_IsNamed(string query, string field, string fault) =>
        Assert.Equal(fault, (await Server.Get($"/v1/messages?{query}", city.Dispatcher)).MustRefuse(400, "request.invalid").Fact(field));

    [Fact]
    public async Task Pages_TogetherAreTheWholeListOnceEach_NewestFirst()
    {
        List<string> jobs = [];
        for (int i = 0; i < 7; i++)
            jobs.Add((await city.Job()).Id);
        foreach (string job in jobs)
            await Until(job, "requested", "queued", "sent", "delivered");
        List<JsonNode> read = [];
        string? after = null;
        do
        {
            JsonNode page = await List($"limit=3{(after is null ? "" : $"&after={after}")}");
            read.AddRange(page["items"]!.AsArray().Select(m => m!));
            after = page["next"]?.GetValue<string>();
        }
        while (after is not null);
        Assert.Equal(read.Count, read.Select(m => Word(m, "id")).Distinct().Count());
        Assert.Empty(jobs.Except(read.Select(m => Word(m, "jobId"))));
        long[] times = [.. read.Select(m => m["createdAt"]!.GetValue<DateTimeOffset>().ToUnixTimeMilliseconds())];
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task WhatIsStoredOfAMessage_HoldsNoNumberNameTextOrLink()
    {
        Filed job = await city.Job();
        await Until(job.Id, "requested", "delivered");
        IDatabase database = Server.Services.GetRequiredService<IDatabase>();
        string[] stored = await database.Read(connection => new[] { "SELECT PayloadJson FROM OrleansStorage WHERE GrainTypeString = 'message'", "SELECT doc FROM \"view\" WHERE kind = 'message'", "SELECT data FROM event WHERE type LIKE 'message.%'" }
            .SelectMany(sql =>
            {
                using System.Data.Common.DbCommand command = connection.CreateCommand();
                command.CommandText = sql;
                using System.Data.Common.DbDataReader reader = command.ExecuteReader();
                List<string> rows = [];
                while (reader.Read())
                    rows.Add(reader.GetString(0));
                Assert.NotEmpty(rows);
                return rows;
            }).ToArray());
        foreach (string secret in new[] { "55550101", "Ada", "River Road", "/track/", job.Tracking.Split('.')[1] })
            Assert.DoesNotContain(stored, row => row.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnErasedCustomer_LeavesAMessageWithoutANumber_AndOneSentAgainFailsForIt()
    {
        Filed job = await city.Job(Body("13900000000", "zh-TW"));
        JsonNode failed = await Until(job.Id, "requested", "failed");
        Assert.Equal("zh-Hant", Word(failed, "language"));
        IDatabase database = Server.Services.GetRequiredService<IDatabase>();
        await database.Write((connection, transaction) =>
        {
            using System.Data.Common.DbCommand erase = connection.CreateCommand();
            erase.Transaction = transaction;
            erase.CommandText = $"UPDATE contact SET name = NULL, phone = NULL, address = NULL, erased_at = 1 WHERE job_id = '{job.Id}'";
            return erase.ExecuteNonQuery();
        });
        (await Server.Post($"/v1/messages/{Word(failed, "id")}/resend", new JsonObject(), city.Dispatcher)).Must(200);
        await DispatchServer.Until("it fails for want of a number", async () => (await Find(job.Id, "requested")) is { } m && m["failure"]?.GetValue<string>() == "message.no_contact");
        Assert.Equal("", Word(await Find(job.Id, "requested"), "to"));
    }

    private static JsonObject Body(string phone, string? language)
    {
        JsonObject body = City.JobBody();
        body["contact"] = new JsonObject { ["name"] = "Ada Example", ["phone"] = phone };
        if (language is not null)
            body["contact"]!["language"] = language;
        return body;
    }

    private static string Word(JsonNode? message, string field) => message![field]!.GetValue<string>();

    private async Task<JsonNode> List(string query) => (await Server.Get($"/v1/messages?{query}", city.Dispatcher)).Must(200);

    private async Task<JsonNode?> Find(string job, string template) =>
        (await List($"jobId={job}"))["items"]!.AsArray().FirstOrDefault(m => Word(m, "template") == template);

    /// <summary>Waits until the job has the message in one of these statuses.</summary>
    private async Task<JsonNode> Until(string job, string template, params string[] statuses)
    {
        JsonNode? found = null;
        await DispatchServer.Until($"{template} of {job} is {string.Join(" or ", statuses)}", async () => (found = await Find(job, template)) is not null && statuses.Contains(Word(found, "status")));
        return found!;
    }
}
