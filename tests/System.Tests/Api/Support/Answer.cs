using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatch.SystemTests.Api.Support;

/// <summary>What a request came back with.</summary>
public sealed record Answer(int Status, string Text, HttpResponseMessage Response)
{
    public JsonNode Body => JsonNode.Parse(Text) ?? throw new JsonException("The answer is null.");

    public string? ContentType => Response.Content.Headers.ContentType?.MediaType;

    /// <summary>The code of a problem; fails the test if it is not a complete problem of this status.</summary>
    public string Code
    {
        get
        {
            Assert.Equal("application/problem+json", ContentType);
            foreach (string member in new[] { "type", "title", "status", "detail", "code", "facts" })
                Assert.NotNull(Body[member]);
            Assert.Equal(Status, Body["status"]!.GetValue<int>());
            return Body["code"]!.GetValue<string>();
        }
    }

    public string? Fact(string name) => Body["facts"]![name]?.GetValue<string>();

    /// <summary>The body of an answer that has to have this status.</summary>
    public JsonNode Must(int status)
    {
        Assert.True(Status == status, $"{Response.RequestMessage?.Method} {Response.RequestMessage?.RequestUri?.AbsolutePath}: {Status} instead of {status}: {Text}");
        return Body;
    }

    public Answer MustRefuse(int status, string code)
    {
        Assert.True(Status == status, $"{Response.RequestMessage?.Method} {Response.RequestMessage?.RequestUri?.AbsolutePath}: {Status} instead of {status} {code}: {Text}");
        Assert.Equal(code, Code);
        return this;
    }
}
