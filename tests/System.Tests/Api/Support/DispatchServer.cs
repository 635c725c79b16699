using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dispatch.Api.Access;
using Dispatch.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.SystemTests.Api.Support;

/// <summary>
/// The whole server over a real SQLite file on a free loopback port. Planning looks only every ten minutes, so that offers are made by the tests alone.
/// </summary>
public sealed class DispatchServer : IAsyncLifetime
{
    public const string Manager = "manager", Dispatcher = "dispatcher", Point = "point", Password = "correct horse battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-system-").FullName;
    private WebApplication? _app;

    /// <summary>Further settings.</summary>
    public string[] More { get; init; } = [];

    public HttpClient Http { get; private set; } = null!;

    public Uri Address => Http.BaseAddress!;

    public string Folder => _folder;

    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        await Start();
        // First of all: the server makes its first manager only where there are no accounts yet.
        await Until("the first manager has an account", async () => (await Post("/v1/sign-in", new JsonObject { ["user"] = Manager, ["password"] = Password })).Status == 200);
        IAccountBootstrap accounts = Services.GetRequiredService<IAccountBootstrap>();
        await accounts.Ensure(Dispatcher, Password, Role.Dispatcher, "Duty dispatcher");
        await accounts.Ensure(Point, Password, Role.Point, "Service point");
    }

    /// <summary>Stops in good order and starts on the same data; the port is another one.</summary>
    public async Task Restart()
    {
        await Stop();
        await Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(_folder, recursive: true);
    }

    public Task<Answer> Get(string path, string? token = null) => Send(HttpMethod.Get, path, null, token);

    public Task<Answer> Post(string path, JsonNode? body, string? token = null, string? key = null) =>
        Send(HttpMethod.Post, path, body is null ? null : Json(body.ToJsonString()), token, key);

    public Task<Answer> PostRaw(string path, byte[] body, string? token = null, string? contentType = "application/json", string? key = null)
    {
        ByteArrayContent content = new(body);
        if (contentType is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return Send(HttpMethod.Post, path, content, token, key);
    }

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, string? token = null, string? key = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using HttpResponseMessage response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
    }

    public async Task<string> SignIn(string user, string password = Password) =>
        (await Post("/v1/sign-in", new JsonObject { ["user"] = user, ["password"] = password })).Must(200)["accessToken"]!.GetValue<string>();

    /// <summary>A list with a token; where the change does not show in time, asked again as the contract says.</summary>
    public async Task<JsonNode> GetFresh(string path, string token)
    {
        Answer answer = await Get(path, token);
        if (answer.Status == 503)
            await Until($"{path} shows the change", async () => (answer = await Get(path, token)).Status != 503);
        return answer.Must(200);
    }

    /// <summary>Asks again until it is so, for at most a minute: machines that run tests are busy.</summary>
    public static async Task Until(string what, Func<Task<bool>> holds)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(10));
        while (!await holds())
            if (limit.IsCancellationRequested || !await again.WaitForNextTickAsync(CancellationToken.None))
                Assert.Fail($"Not within a minute: {what}");
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private async Task Start()
    {
        _app = DispatchHost.Build(
        [
            "--data", _folder, "--port", "0", "--Dispatch:Planning:Tick", "00:10:00", "--Dispatch:SimulatedGateway:Fastest", "00:00:00.2", "--Dispatch:SimulatedGateway:Slowest", "00:00:00.5", "--Dispatch:Messages:AskAfter", "00:00:02",
            "--Dispatch:BootstrapUser", Manager, "--Dispatch:BootstrapPassword", Password, "--Dispatch:Api:PasswordIterations", "1000", "--Logging:LogLevel:Default", "Warning", .. More,
        ]);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        string address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64, AllowAutoRedirect = false }) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) };
    }

    private async Task Stop()
    {
        Http?.Dispose();
        if (_app is null)
            return;
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _app = null;
    }
}
