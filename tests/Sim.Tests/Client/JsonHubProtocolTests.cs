using System.Text;
using Dispatch.Sim.Client.Hub;

namespace Sim.Tests.Client;

public sealed class JsonHubProtocolTests
{
    [Fact]
    public void Handshake_AsksForJsonVersionOne() =>
        Assert.Equal("{\"protocol\":\"json\",\"version\":1}\u001e", Encoding.UTF8.GetString(JsonHubProtocol.HandshakeRequest()));

    [Fact]
    public void HandshakeAnswer_IsAgreementOrAReason()
    {
        Assert.Null(JsonHubProtocol.HandshakeError("{}"u8.ToArray()));
        Assert.Equal("no such protocol", JsonHubProtocol.HandshakeError("{\"error\":\"no such protocol\"}"u8.ToArray()));
    }

    [Fact]
    public void Call_CarriesIdTargetAndArguments() =>
        Assert.Equal("{\"type\":1,\"invocationId\":\"7\",\"target\":\"Subscribe\",\"arguments\":[\"zone/z\",12]}\u001e",
            Encoding.UTF8.GetString(JsonHubProtocol.Call("7", "Subscribe", "zone/z", 12L)));

    [Fact]
    public void Invocation_IsReadWithItsArguments()
    {
        InvocationMessage call = Assert.IsType<InvocationMessage>(Read("{\"type\":1,\"target\":\"head\",\"arguments\":[\"zone/z\",9]}"));
        Assert.Equal(("head", "zone/z", 9L), (call.Target, call.Arguments[0].GetString(), call.Arguments[1].GetInt64()));
        Assert.Null(call.InvocationId);
    }

    [Fact]
    public void Completion_IsAResultAnErrorOrNeither()
    {
        CompletionMessage result = Assert.IsType<CompletionMessage>(Read("{\"type\":3,\"invocationId\":\"1\",\"result\":{\"head\":4}}"));
        Assert.Equal(4, result.Result?.GetProperty("head").GetInt32());
        Assert.Equal("denied", Assert.IsType<CompletionMessage>(Read("{\"type\":3,\"invocationId\":\"1\",\"error\":\"denied\"}")).Error);
        CompletionMessage nothing = Assert.IsType<CompletionMessage>(Read("{\"type\":3,\"invocationId\":\"1\"}"));
        Assert.True(nothing is { Error: null, Result: null });
    }

    [Fact]
    public void CloseAndPing_AreRead()
    {
        Assert.Equal(new CloseMessage("shutting down", true), Read("{\"type\":7,\"error\":\"shutting down\",\"allowReconnect\":true}"));
        Assert.Equal(new CloseMessage(null, false), Read("{\"type\":7}"));
        Assert.IsType<PingMessage>(Read("{\"type\":6}"));
    }

    [Fact]
    public void MessageOfAnotherType_IsSkippedNotRefused() => Assert.Equal(new UnusedMessage(2), Read("{\"type\":2,\"item\":1}"));

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"target\":\"x\"}")]
    [InlineData("{\"type\":1,\"arguments\":[]}")]
    [InlineData("{\"type\":1,\"target\":\"x\"}")]
    [InlineData("{\"type\":3}")]
    public void MalformedRecord_IsRefused(string record) => Assert.Throws<HubProtocolException>(() => Read(record));

    private static HubMessage Read(string record) => JsonHubProtocol.Read(Encoding.UTF8.GetBytes(record));
}
