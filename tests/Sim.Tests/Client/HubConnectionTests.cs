using System.Text.Json;
using Dispatch.Sim.Client.Hub;
using Sim.Tests.Support;

namespace Sim.Tests.Client;

public sealed class HubConnectionTests
{
    private readonly ManualTime time = new();
    private readonly HubOptions options = new();
    private readonly List<(string Target, int Arguments)> called = [];

    [Fact]
    public async Task Handshake_IsSentAndItsAgreementMayShareAFrameWithTheFirstCall()
    {
        FakePipe pipe = new FakePipe().Say(FakePipe.Agreed + "{\"type\":1,\"target\":\"head\",\"arguments\":[\"a\",1]}\u001e{\"type\":1,\"tar");
        await using HubConnection connection = await Open(pipe);
        pipe.Say("get\":\"events\",\"arguments\":[\"a\",[]]}\u001e");
        await Eventually.Holds(() => called.Count == 2, "both calls handled");
        Assert.Equal([("head", 2), ("events", 2)], called);
        Assert.Equal("{\"protocol\":\"json\",\"version\":1}\u001e", pipe.Sent.First());
    }

    [Fact]
    public async Task RefusedHandshake_ThrowsWithTheReason()
    {
        FakePipe pipe = new FakePipe().Say("{\"error\":\"wrong version\"}\u001e");
        HubProtocolException e = await Assert.ThrowsAsync<HubProtocolException>(() => Open(pipe));
        Assert.Contains("wrong version", e.Message);
        Assert.True(pipe.Disposed);
    }

    [Fact]
    public async Task HandshakeThatIsNotAnswered_TimesOut()
    {
        FakePipe pipe = new();
        Task<HubConnection> opening = Open(pipe);
        await Eventually.Holds(() => pipe.Sent.Count == 1, "handshake sent");
        time.Advance(options.HandshakeTimeout);
        await Assert.ThrowsAsync<TimeoutException>(() => opening);
    }

    [Fact]
    public async Task Invoke_ReturnsTheResultOfItsOwnCall()
    {
        FakePipe pipe = new FakePipe().Say(FakePipe.Agreed);
        await using HubConnection connection = await Open(pipe);
        Task<JsonElement?> first = connection.Invoke("A", CancellationToken.None), second = connection.Invoke("B", CancellationToken.None);
        pipe.Say("{\"type\":3,\"invocationId\":\"2\",\"result\":22}\u001e{\"type\":3,\"invocationId\":\"1\",\"result\":11}\u001e");
        Assert.Equal(11, (await Eventually.Ends(first, "answer to A"))?.GetInt32());
        Assert.Equal(22, (await Eventually.Ends(second, "answer to B"))?.GetInt32());
    }

    [Fact]
    public async Task InvokeAnsweredWithAnError_ThrowsItAndLeavesTheConnectionOpen()
    {
        FakePipe pipe = new FakePipe().Say(FakePipe.Agreed);
        await using HubConnection connection = await Open(pipe);
        Task<JsonElement?> call = connection.Invoke("Subscribe", CancellationToken.None, "zone/z", 0);
        pipe.Say("{\"type\":3,\"invocationId\":\"1\",\"error\":\"denied\"}\u001e");
        HubInvocationException e = await Assert.ThrowsAsync<HubInvocationException>(() => Eventually.Ends(call, "the error"));
        Assert.Equal(("Subscribe", "denied"), (e.Target, e.Error));
        Assert.False(connection.Ended.IsCompleted);
    }

    [Fact]
    public async Task InvokeWithoutAnswer_TimesOut()
    {
        FakePipe pipe = new FakePipe().Say(FakePipe.Agreed);
        await using HubConnection connection = await Open(pipe);
        Task<JsonElement?> call = connection.Invoke("A", CancellationToken.None);
        await Eventually.Holds(() => pipe.Sent.Count == 2 && time.Waiting == 3, "call sent, its limit set beside silence and ping");
        time.Advance(options.InvokeTimeout);
        await Assert.ThrowsAsync<TimeoutException>(() => Eventually.Ends(call, "the time-out"));
    }

    [Fact]
    public async Task CallOpenWhenTheConnectionBreaks_FailsWithTheReason()
    {
        FakePipe pipe = new FakePipe().Say(FakePipe.Agreed);
        await using HubConnection connection = await Open(pipe);
        Task<JsonElement?> call = connection.Invoke("A", CancellationToken.None);
        await Eventually.Holds(() => pipe.Sent.Count == 2, "call sent");
        pipe.Break("cable pulled");
        Assert.Equal("cable pulled", (await Assert.ThrowsAsync<HubClosedException>(() => Eventually.Ends(call, "the end"))).Message);
        Assert.Equal("cable pulled", await connection.Ended);
        await Assert.ThrowsAsync<HubClosedException>(() => connection.Invoke("A", CancellationToken.None));
    }

    [Fact]
    public async Task SilentServer_CountsAsGoneAfterItsTime_ButAnyMessageStartsTheTimeAnew()
    {
        FakePipe pipe = new FakePipe().Say(FakePipe.Agreed);
        await using HubConnection connection = await Open(pipe);
        time.Advance(options.ServerTimeout - TimeSpan.FromSeconds(1));
        pipe.Say("{\"type\":6}\u001e{\"type\":1,\"target\":\"x\",\"arguments\":[]}\u001e");
        await Eventually.Holds(() => called.Count == 1, "ping and call heard");
        time.Advance(options.ServerTimeout - TimeSpan.FromSeconds(1));
        Assert.False(connection.Ended.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("nothing heard", await Eventually.Ends(connection.Ended, "the end after silence"));
    }

    [Fact]
    public async Task KeepAlive_IsSentInTime()
    {
        FakePipe pipe = new FakePipe().Say(FakePipe.Agreed);
        await using HubConnection connection = await Open(pipe);
        time.Advance(options.KeepAlive);
        await Eventually.Holds(() => pipe.Sent.Count(s => s == "{\"type\":6}\u001e") == 1, "first ping");
        pipe.Say("{\"type\":1,\"target\":\"x\",\"arguments\":[]}\u001e");
        await Eventually.Holds(() => called.Count == 1, "the server is heard");
        time.Advance(options.KeepAlive);
        await Eventually.Holds(() => pipe.Sent.Count(s => s == "{\"type\":6}\u001e") == 2, "second ping");
    }

    [Fact]
    public async Task CloseFromTheServer_EndsWithItsReason()
    {
        FakePipe pipe = new FakePipe().Say(FakePipe.Agreed);
        await using HubConnection connection = await Open(pipe);
        pipe.Say("{\"type\":7,\"error\":\"restarting\",\"allowReconnect\":true}\u001e");
        Assert.Contains("restarting", await Eventually.Ends(connection.Ended, "the end"));
        Assert.True(pipe.Disposed);
    }

    [Fact]
    public async Task Dispose_SaysGoodbye()
    {
        FakePipe pipe = new FakePipe().Say(FakePipe.Agreed);
        HubConnection connection = await Open(pipe);
        await connection.DisposeAsync();
        Assert.Equal("{\"type\":7}\u001e", pipe.Sent.Last());
        Assert.Equal("closed by us", await connection.Ended);
    }

    [Fact]
    public async Task GarbageFromTheServer_EndsTheConnection()
    {
        FakePipe pipe = new FakePipe().Say(FakePipe.Agreed);
        await using HubConnection connection = await Open(pipe);
        pipe.Say("garbage\u001e");
        Assert.Equal("A record is not JSON.", await Eventually.Ends(connection.Ended, "the end"));
    }

    private async Task<HubConnection> Open(FakePipe pipe)
    {
        HubConnection connection = await HubConnection.Open(FakePipe.Dial(pipe), options, time, (target, arguments) => called.Add((target, arguments.Count)), TestContext.Current.CancellationToken);
        connection.Start();
        return connection;
    }
}
