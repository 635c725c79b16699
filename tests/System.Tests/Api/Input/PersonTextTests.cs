using System.Text;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Technicians;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Input;

/// <summary>Text of people is visible, does not turn what stands beside it, and holds no control characters.</summary>
public sealed class PersonTextTests
{
    [Theory]
    [InlineData("Ada", true)]
    [InlineData("\u0639\u0644\u064A", true)]
    [InlineData("\uD83D\uDE00", true)]
    [InlineData("-", true)]
    [InlineData("\u200B", false)]
    [InlineData("\u200D\uFEFF\u2060\u00AD", false)]
    [InlineData("\u3164", false)]
    [InlineData("\u2800\u115F", false)]
    [InlineData("\u0301", false)]
    [InlineData("\u3000 \u00A0", false)]
    [InlineData("\uDB40\uDC41", false)]
    public void Visible_IsWhatAReaderSees(string text, bool isVisible) => Assert.Equal(isVisible, PersonText.IsVisible(text));

    [Theory]
    [InlineData("a\u0000b")]
    [InlineData("a\u0085b")]
    [InlineData("a\uFFFEb")]
    public void ControlCharacters_AreNowhereAllowed(string text) => Assert.True(PersonText.HasControls(text, severalLines: true));

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDFFF)]
    public void HalfOfASurrogatePair_IsNowhereAllowed(int half) =>
        Assert.True(PersonText.HasControls($"a{(char)half}b", severalLines: true));

    [Fact]
    public void ReplacementCharacter_IsACharacterLikeAnyOther() =>
        Assert.False(PersonText.HasControls("a\uFFFDb\uD83D\uDE00", severalLines: false));

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u2028b")]
    public void LineEnds_AreForTextsOfSeveralLines(string text)
    {
        Assert.True(PersonText.HasControls(text, severalLines: false));
        Assert.False(PersonText.HasControls(text, severalLines: true));
    }

    /// <summary>Each field of people, invisible, and in a name with a line end.</summary>
    [Theory]
    [InlineData("contact", """{"name":"\u200B","phone":"13912345678"}""", "contact.name", "empty")]
    [InlineData("contact", """{"name":"Ada\nExample","phone":"13912345678"}""", "contact.name", "control_character")]
    [InlineData("address", "\"\\u200B\\u200B\"", "address", "empty")]
    [InlineData("symptom", "\"\\u2060\"", "symptom", "empty")]
    [InlineData("device", """{"brand":"\u200B","model":"One"}""", "device.brand", "empty")]
    [InlineData("device", """{"brand":"Example","model":"One\u0007"}""", "device.model", "control_character")]
    public void FieldThatShowsNothing_IsRefused(string field, string json, string named, string fault)
    {
        var body = City.JobBody();
        body.Remove(field);
        var refused =
            RequestReader.Parse<CreateJobRequest>(Encoding.UTF8.GetBytes(body.ToJsonString()[..^1] + $",\"{field}\":{json}}}"),
            PhoneReader.Default).Refused;
        Assert.Equal(fault, refused!.Problem.Facts[named]);
    }

    [Fact]
    public void BidirectionalControls_AreTakenOut()
    {
        const string Json = """{"name":"\u202EAda\u202C \u2067\u0639\u0644\u064A\u2069\u200F","zone":"zone_a"}""";
        RegisterTechnicianRequest read =
            System.Text.Json.JsonSerializer.Deserialize<RegisterTechnicianRequest>(Json, Dispatch.Api.ApiJson.Requests)!;
        Assert.Equal("Ada \u0639\u0644\u064A", read.Name);
    }

    [Fact]
    public void NothingButBidirectionalControls_IsNothing()
    {
        var body = City.JobBody();
        body["contact"]!["name"] = "\u202E\u2066";
        Assert.Equal("empty",
            RequestReader.Parse<CreateJobRequest>(Encoding.UTF8.GetBytes(body.ToJsonString()),
            PhoneReader.Default).Refused!.Problem.Facts["contact.name"]);
    }
}
