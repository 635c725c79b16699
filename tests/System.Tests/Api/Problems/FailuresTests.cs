using System.Net.Sockets;
using System.Reflection;
using System.Text.Json.Nodes;
using Dispatch.Api.Problems;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.Runtime.Messaging;
using Orleans.Serialization;

namespace Dispatch.SystemTests.Api.Problems;

public sealed class FailuresTests
{
    [Theory]
    [InlineData(typeof(TimeoutException), 503, "server.unavailable")]
    [InlineData(typeof(OrleansException), 503, "server.unavailable")]
    [InlineData(typeof(SiloUnavailableException), 503, "server.unavailable")]
    [InlineData(typeof(OrleansMessageRejectionException), 503, "server.unavailable")]
    [InlineData(typeof(GatewayTooBusyException), 503, "server.unavailable")]
    [InlineData(typeof(ClientNotAvailableException), 503, "server.unavailable")]
    [InlineData(typeof(ConnectionFailedException), 503, "server.unavailable")]
    [InlineData(typeof(OutcomeUnknownException), 503, "server.unavailable")]
    [InlineData(typeof(StorageUnavailableException), 503, "server.unavailable")]
    [InlineData(typeof(InconsistentStateException), 503, "server.unavailable")]
    [InlineData(typeof(ConnectionAbortedException), 503, "server.unavailable")]
    [InlineData(typeof(ConnectionResetException), 503, "server.unavailable")]
    [InlineData(typeof(OperationCanceledException), 503, "server.unavailable")]
    [InlineData(typeof(NpgsqlException), 503, "server.unavailable")]
    [InlineData(typeof(InvalidOperationException), 500, "server.unexpected")]
    [InlineData(typeof(NullReferenceException), 500, "server.unexpected")]
    public async Task Exception_IsACodedProblemWithoutAWordOfItself(Type type, int status, string code)
    {
        DefaultHttpContext context = new() { RequestServices = new ServiceCollection().BuildServiceProvider() };
        context.Response.Body = new MemoryStream();
        Exception failure = Made(type);
        Assert.True(await new Failures(NullLogger<Failures>.Instance).TryHandleAsync(context, failure, CancellationToken.None));
        Assert.Equal(status, context.Response.StatusCode);
        context.Response.Body.Position = 0;
        string text = await new StreamReader(context.Response.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(code, JsonNode.Parse(text)!["code"]!.GetValue<string>());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.Equal(status == 503, context.Response.Headers.RetryAfter.Count == 1);
    }

    /// <summary>Exceptions of connections, and those whose type this process does not have, have no constructor that takes words.</summary>
    [Fact]
    public void ConnectionsAndForeignTypes_AreInfrastructure()
    {
        Assert.True(Failures.IsUnavailable(new SocketException(104)));
        Assert.True(Failures.IsUnavailable(new UnavailableExceptionFallbackException()));
    }

    [Fact]
    public void StoreThatFails_IsNotRepeated_HoweverDeepItIsWrapped()
    {
        Assert.True(Failures.MayPassSoon(new SiloUnavailableException("planted")));
        Assert.True(Failures.MayPassSoon(new TimeoutException("planted")));
        Assert.False(Failures.MayPassSoon(new StorageUnavailableException("planted")));
        Assert.False(Failures.MayPassSoon(new OrleansException("planted", new OrleansException("planted", new NpgsqlException("planted")))));
        Assert.False(Failures.MayPassSoon(new InvalidOperationException("planted")));
    }

    /// <summary>Those of Orleans that nobody else throws have no public constructor.</summary>
    private static Exception Made(Type type)
    {
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        return (Exception)(type.GetConstructor(any, [typeof(string)]) is { } words
            ? words.Invoke(["secret inner words"])
            : Activator.CreateInstance(type, "secret inner words", null))!;
    }
}
