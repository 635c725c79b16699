using System.Text.Json.Nodes;
using Dapper;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.SystemTests.Api.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>A phone number is read the way people write it, kept as one spelling, and refused where nobody can dial it.</summary>
public sealed class PhoneNumberTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    private static JsonObject JobOf(string phone)
    {
        JsonObject body = City.JobBody();
        body["contact"]!["phone"] = phone;
        return body;
    }

    [Theory]
    [InlineData("0049 176 1234567", "+491761234567")]
    [InlineData("+49 (0)176 1234567", "+491761234567")]
    [InlineData("\u0660\u0660\u0664\u0669 \u0661\u0667\u0666 \u0661\u0662\u0663\u0664\u0665\u0666\u0667", "+491761234567")]
    [InlineData("\uFF11\uFF13\uFF19\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16\uFF17\uFF18", "+8613912345678")]
    [InlineData("\u202A+49 176 1234567\u202C", "+491761234567")]
    [InlineData("139 1234 5678", "+8613912345678")]
    [InlineData("021-5555 0101", "+862155550101")]
    [InlineData("tel:+49-176-1234567", "+491761234567")]
    public async Task NumberInAnySpelling_IsKeptAsE164(string given, string kept)
    {
        JsonNode job = (await Server.Post("/v1/jobs", JobOf(given))).Must(201);
        Assert.Null(job["warnings"]);
        Assert.Equal(kept, await PhoneOf(job["id"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("call me")]
    [InlineData("12\n34")]
    [InlineData("++49176")]
    [InlineData("1")]
    [InlineData("+")]
    [InlineData("13912345678 Wang")]
    [InlineData("+999 123 456 789")]
    [InlineData("+86 139 1234 5678 9012 34")]
    [InlineData("\u200B")]
    public async Task WhatNobodyCanDial_IsRefusedByName(string given)
    {
        Answer refused = (await Server.Post("/v1/jobs", JobOf(given))).MustRefuse(400, "request.invalid");
        Assert.Contains(refused.Fact("contact.phone"), new[] { "bad_form", "empty" });
        JsonObject contact = new() { ["text"] = "The screen is dark", ["customer"] = new JsonObject { ["phone"] = given } };
        Assert.NotNull((await Server.Post("/v1/contacts", contact)).MustRefuse(400, "request.invalid").Fact("customer.phone"));
        JsonObject booking = new() { ["contact"] = new JsonObject { ["name"] = "Ada Example", ["phone"] = given } };
        Assert.NotNull((await Server.Post("/v1/bookings", booking)).MustRefuse(400, "request.invalid").Fact("contact.phone"));
    }

    [Fact]
    public async Task ImprobableNumber_IsTakenWithAWarning_AndARepetitionIsWarnedAgain()
    {
        JsonObject body = JobOf("+10000000000");
        Answer first = await Server.Post("/v1/jobs", body, key: "improbable");
        JsonNode warning = Assert.Single(first.Must(201)["warnings"]!.AsArray())!;
        Assert.Equal(("contact.phone_improbable", "contact.phone"),
            (warning["code"]!.GetValue<string>(), warning["field"]!.GetValue<string>()));
        Assert.Equal("+10000000000", await PhoneOf(first.Body["id"]!.GetValue<string>()));
        Assert.Equal(first.Text, (await Server.Post("/v1/jobs", body, key: "improbable")).Text);
    }

    [Fact]
    public async Task Extension_IsNotKept_AndTheAnswerSaysSo()
    {
        JsonNode job = (await Server.Post("/v1/jobs", JobOf("+49 176 1234567 ext 12"))).Must(201);
        Assert.Equal("contact.phone_extension", Assert.Single(job["warnings"]!.AsArray())!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task CustomerOfAContact_HasTheSameNumbers()
    {
        JsonObject body =
            new() { ["text"] = "The screen is dark",
            ["customer"] = new JsonObject { ["name"] = "Ada Example", ["phone"] = "0049 176 1234567" } };
        string id = (await Server.Post("/v1/contacts", body)).Must(201)["id"]!.GetValue<string>();
        Assert.Equal("+491761234567",
            (await Server.Get($"/v1/contacts/{id}/person", city.Dispatcher)).Must(200)["phone"]!.GetValue<string>());
        body["customer"]!["phone"] = "+10000000000";
        JsonNode warned = (await Server.Post("/v1/contacts", body)).Must(201);
        Assert.Equal("customer.phone", Assert.Single(warned["warnings"]!.AsArray())!["field"]!.GetValue<string>());
    }

    /// <summary>
    /// Rows from before numbers were checked stay as they are, are read as they are, and no message counts as delivered to them.
    /// </summary>
    [Fact]
    public async Task OldNumberThatIsNone_IsStillShown_AndItsMessagesFail()
    {
        Filed job = await city.Job();
        await Server.Services.GetRequiredService<IDatabase>().Write((connection, transaction) => connection.Execute(
            "UPDATE contact SET phone = @phone WHERE job_id = @job", new { phone = "12\n34", job = job.Id }, transaction),
                TestContext.Current.CancellationToken);
        Assert.Equal("12\n34", await PhoneOf(job.Id));
        (await Server.Post($"/v1/jobs/{job.Id}/cancel", new JsonObject { ["reason"] = "test" }, city.Dispatcher)).Must(200);
        await DispatchServer.Until("the message about it has failed", async () =>
            (await Server.Get($"/v1/messages?jobId={job.Id}", city.Dispatcher)).Must(200)["items"]!.AsArray().Any(m =>
                m!["template"]!.GetValue<string>() == "cancelled" && m["status"]!.GetValue<string>() == "failed"
                    && m["failure"]?.GetValue<string>() == "message.no_contact"));
    }

    [Fact]
    public async Task Owner_IsTheSameInAnotherSpellingOfTheNumber()
    {
        JsonObject device = new() { ["kind"] = "camera", ["brand"] = "Canon", ["model"] = "EOS R6", ["serial"] = "OWNER-0001" };
        string id = (await Server.Post("/v1/devices", device, city.Point)).Must(201)["id"]!.GetValue<string>();
        foreach (string owner in new[] { "+86 21 5555 0101", "021 5555-0101", "+862155550101" })
            (await Server.Post($"/v1/devices/{id}/owner", new JsonObject { ["owner"] = owner }, city.Point)).Must(200);
        Assert.Single((await Server.Get($"/v1/devices/{id}", city.Point)).Must(200)["owners"]!.AsArray());
    }

    private async Task<string> PhoneOf(string job) =>
        (await Server.Get($"/v1/jobs/{job}/contact", city.Dispatcher)).Must(200)["phone"]!.GetValue<string>();
}

/// <summary>The region that numbers without a country code belong to is a setting.</summary>
public sealed class PhoneRegionTests
{
    [Fact]
    public async Task Region_IsASetting()
    {
        await using DispatchServer server = new() { More = ["--Dispatch:Contacts:Region", "DE"] };
        await server.InitializeAsync();
        JsonObject body = new() { ["text"] = "The screen is dark", ["customer"] = new JsonObject { ["phone"] = "0176 1234567" } };
        string id = (await server.Post("/v1/contacts", body)).Must(201)["id"]!.GetValue<string>();
        string token = await server.SignIn(DispatchServer.Dispatcher);
        Assert.Equal("+491761234567", (await server.Get($"/v1/contacts/{id}/person", token)).Must(200)["phone"]!.GetValue<string>());
    }

    [Fact]
    public void RegionThatIsNone_EndsTheStart() =>
        Assert.Contains("Dispatch:Contacts:Region",
            Assert.Throws<ArgumentException>(() =>
            new Dispatch.Api.ApiOptions { DataFolder = "x", ContactRegion = "Germany" }.Validate()).Message, StringComparison.Ordinal);
}
