using System.Collections.Concurrent;
using System.Net;
using Dispatch.Sim.Client.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sim.Tests.Support;

/// <summary>
/// A real SignalR server on loopback that offers streams as the contract says. Its history outlives the process-like <see cref="Stop"/> and <see cref="Start"/>, and the address stays
/// the same, as with a server that is restarted.
/// </summary>
public sealed class LoopbackFeed : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, List<StreamEvent>> streams = new();
    private readonly ConcurrentQueue<(string Stream, long After)> subscriptions = new();
    private WebApplication? app;
    private int port;

    public Uri Address => new($"http://127.0.0.1:{port}/");

    public IReadOnlyCollection<(string Stream, long After)> Subscriptions => subscriptions;

    public string? LastToken { get; private set; }

    /// <summary>How many pages of events were asked for over HTTP.</summary>
    public int Fetches;

    public static async Task<LoopbackFeed> Started()
    {
        LoopbackFeed feed = new();
        await feed.Start();
        return feed;
    }

    public async Task Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        builder.Services.AddSignalR();
        builder.Services.AddSingleton(this);
        app = builder.Build();
        app.MapHub<FeedHub>("/hub");
        app.MapGet("/v1/streams/{kind}/{id}/events", (string kind, string id, long after, int limit) =>
        {
            Interlocked.Increment(ref Fetches);
            List<StreamEvent> all = History($"{kind}/{id}");
            lock (all)
                return Results.Json(new { stream = $"{kind}/{id}", events = all.Where(e => e.Seq > after).Take(limit), head = all.Count });
        });
        app.MapGet("/v1/streams/{kind}/{id}/snapshot", (string kind, string id) =>
            Results.Json(new { stream = $"{kind}/{id}", seq = History($"{kind}/{id}").Count, jobs = Array.Empty<int>(), technicians = Array.Empty<int>(), positions = Array.Empty<int>() }));
        await app.StartAsync();
        port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    public async Task Stop()
    {
        if (app is not null)
            await app.DisposeAsync();
        app = null;
    }

    /// <summary>Appends to the history; <paramref name="push"/> false plays a push that got lost.</summary>
    public async Task Append(string stream, bool push = true)
    {
        List<StreamEvent> all = History(stream);
        StreamEvent e;
        lock (all)
            all.Add(e = Sim.Tests.Client.Events.Of(all.Count + 1));
        if (push && app is not null)
            await app.Services.GetRequiredService<IHubContext<FeedHub>>().Clients.Group(stream).SendAsync("events", stream, new[] { e });
    }

    public ValueTask DisposeAsync() => new(Stop());

    private List<StreamEvent> History(string stream) => streams.GetOrAdd(stream, _ => []);

    private sealed class FeedHub(LoopbackFeed feed) : Hub
    {
        public async Task<StreamHead> Subscribe(string stream, long after)
        {
            feed.subscriptions.Enqueue((stream, after));
            feed.LastToken = Context.GetHttpContext()?.Request.Query["access_token"];
            await Groups.AddToGroupAsync(Context.ConnectionId, stream);
            return new StreamHead(stream, feed.History(stream).Count);
        }

        public Task Unsubscribe(string stream) => Groups.RemoveFromGroupAsync(Context.ConnectionId, stream);
    }
}
