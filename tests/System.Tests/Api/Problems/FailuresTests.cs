using System.Text.Json.Nodes;
using Dispatch.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.SystemTests.Api.Problems;

public sealed class FailuresTests
{
    [Theory]
    [InlineData(typeof(TimeoutException), 503, "server.unavailable")]
    [InlineData(typeof(OrleansException), 503, "server.unavailable")]
    [InlineData(typeof(InvalidOperationException), 500, "server.unexpected")]
    [InlineData(typeof(NullReferenceException), 500, "server.unexpected")]
    public async Task Exception_IsACodedProblemWithoutAWordOfItself(Type type, int status, string code)
    {
        DefaultHttpContext context = new() { RequestServices = new ServiceCollection().BuildServiceProvider() };
        context.Response.Body = new MemoryStream();
        Exception failure = (Exception)Activator.CreateInstance(type, "secret inner words")!;
        Assert.True(await new Failures(NullLogger<Failures>.Instance).TryHandleAsync(context, failure, CancellationToken.None));
        Assert.Equal(status, context.Response.StatusCode);
        context.Response.Body.Position = 0;
        string text = await new StreamReader(context.Response.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(code, JsonNode.Parse(text)!["code"]!.GetValue<string>());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.Equal(status == 503, context.Response.Headers.RetryAfter.Count == 1);
    }
}
