using System.Text;
using System.Text.Json.Nodes;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Technicians;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Input;

/// <summary>What is wrong with a body, field by field, before anything is done with it.</summary>
public sealed class RequestReaderTests
{
    [Fact]
    public void RightRequest_HasNoFault() => Assert.Null(Parse<CreateJobRequest>(City.JobBody().ToJsonString()).Refused);

    public static TheoryData<string, string, string> Faults => new()
    {
        { "category", "\"no_such\"", "unknown" },
        { "category", "null", "missing" },
        { "place", "null", "missing" },
        { "place", """{"lon":181,"lat":0}""", "place.lon=out_of_range" },
        { "place", """{"lon":0,"lat":-90.5}""", "place.lat=out_of_range" },
        { "place", """{"lon":1e999,"lat":0}""", "place.lon=not_finite" },
        { "place", """{"lat":0}""", "place.lon=missing" },
        { "contact", "null", "missing" },
        { "contact", """{"name":" ","phone":"1"}""", "contact.name=empty" },
        { "contact", """{"name":"a\u0000b","phone":"1"}""", "contact.name=control_character" },
        { "contact", """{"name":"a"}""", "contact.phone=missing" },
        { "window", "null", "missing" },
        { "window", """{"from":"2026-01-01T00:00:00Z"}""", "window.to=missing" },
        { "window", """{"from":"0001-01-01T00:00:00Z","to":"9999-12-31T23:59:59Z"}""", "window.from=out_of_range" },
        { "severity", "\"panic\"", "unknown" },
        { "windows", "[null]", "windows[0]=missing" },
        { "needs", """{"serviceSeconds":-1}""", "needs.serviceSeconds=out_of_range" },
        { "needs", """{"serviceSeconds":9223372036854775807}""", "needs.serviceSeconds=out_of_range" },
        { "needs", """{"serviceSeconds":1,"skills":[{"code":"a b","level":1}]}""", "needs.skills[0].code=bad_form" },
        { "needs", """{"serviceSeconds":1,"parts":[{"code":"x","quantity":-1}]}""", "needs.parts[0].quantity=out_of_range" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_IsNamedByFieldAndCode(string field, string json, string fault)
    {
        JsonObject body = City.JobBody();
        body.Remove(field);
        string text = body.ToJsonString()[..^1] + $",\"{field}\":{json}}}";
        var problem = Parse<CreateJobRequest>(text).Refused!.Problem;
        Assert.Equal(("request.invalid", 400), (problem.Code, problem.Status));
        string[] expected = fault.Contains('=') ? fault.Split('=') : [field, fault];
        Assert.Equal(expected[1], problem.Facts[expected[0]]);
    }

    [Fact]
    public void EveryFault_IsNamedAtOnce() =>
        Assert.Equal(["category", "contact", "place", "window"], Parse<CreateJobRequest>("{}").Refused!.Problem.Facts.Keys.Order());

    [Theory]
    [InlineData("", "body_missing")]
    [InlineData("{", "not_json")]
    [InlineData("[]", "wrong_type")]
    [InlineData("null", "wrong_type")]
    [InlineData("\"text\"", "wrong_type")]
    [InlineData("""{"category":5}""", "wrong_type")]
    [InlineData("""{"category":"screen","category":"screen"}""", "duplicate_field")]
    [InlineData("""{"window":{"from":"2026-01-01T00:00:00","to":"2026-01-01T00:00:00Z"}}""", "wrong_type")]
    [InlineData("""{"window":{"from":"tomorrow","to":"2026-01-01T00:00:00Z"}}""", "wrong_type")]
    [InlineData("""{"symptom":"\ud800"}""", "wrong_type")]
    [InlineData("""{"place":[121,31]}""", "wrong_type")]
    public void WrongForm_IsMalformed(string body, string reason)
    {
        var problem = Parse<CreateJobRequest>(body).Refused!.Problem;
        Assert.Equal(("request.malformed", 400), (problem.Code, problem.Status));
        Assert.Equal(reason, problem.Facts["reason"]);
    }

    [Fact]
    public void InvalidUtf8_IsMalformed() =>
        Assert.Equal("not_utf8",
            RequestReader.Parse<CreateJobRequest>([(byte)'"', 0xff, 0xfe, (byte)'"'],
            PhoneReader.Default).Refused!.Problem.Facts["reason"]);

    [Fact]
    public void DeepJson_IsMalformed() => Assert.Equal("request.malformed", Parse<CreateJobRequest>(new string('[', 10_000)).Refused!.Problem.Code);

    [Fact]
    public void OptionalBody_MayBeLeftOut() => Assert.NotNull(Parse<DepotStepRequest>("").Value);

    [Fact]
    public void ByteOrderMark_IsNoPartOfTheBody() => Assert.Equal(3, Parse<AcceptRequest>("\uFEFF{\"epoch\":3}").Value!.Epoch);

    [Theory]
    [InlineData("""{"technicianIds":[]}""", "technicianIds", "too_few")]
    [InlineData("""{"technicianIds":["tech_a","tech_a"]}""", "technicianIds", "duplicate")]
    [InlineData("""{"technicianIds":["a/b"]}""", "technicianIds[0]", "bad_form")]
    [InlineData("""{"technicianIds":["tech_a","tech_b"],"direct":true}""", "technicianIds", "too_many")]
    [InlineData("""{"technicianIds":["tech_1","tech_2","tech_3","tech_4","tech_5","tech_6","tech_7","tech_8","tech_9"]}""", "technicianIds", "too_many")]
    public void Offer_NamesOneToEightDifferentTechnicians(string body, string field, string fault) =>
        Assert.Equal(fault, Parse<OfferRequest>(body).Refused!.Problem.Facts[field]);

    [Fact]
    public void Windows_AreAtMostSixteen()
    {
        JsonObject body = City.JobBody();
        body["windows"] = new JsonArray([.. Enumerable.Range(0, 16).Select(i => City.Window(i, i + 1))]);
        Assert.Equal("too_many", Parse<CreateJobRequest>(body.ToJsonString()).Refused!.Problem.Facts["windows"]);
        body.Remove("window");
        Assert.Equal(16, Parse<CreateJobRequest>(body.ToJsonString()).Value!.ToJobRequest(default, "phone").Windows.Length);
    }

    [Fact]
    public void Needs_AreSortedAndMerged()
    {
        var needs = Parse<NeedsInput>("""{"serviceSeconds":60,"tools":["b","a","b"],"parts":[{"code":"x","quantity":1},{"code":"x","quantity":2}]}""").Value!.ToNeeds();
        Assert.Equal(["a", "b"], needs.Tools);
        Assert.Equal(3, Assert.Single(needs.Parts).Quantity);
    }

    private static (T? Value, Dispatch.Api.Problems.Refused? Refused, IReadOnlyList<Warning> Warnings) Parse<T>(string body) where T
        : class, IRequestBody =>
        RequestReader.Parse<T>(Encoding.UTF8.GetBytes(body), PhoneReader.Default);
}
