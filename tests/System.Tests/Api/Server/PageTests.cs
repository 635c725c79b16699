using System.Net;
using Dispatch.Api;
using Dispatch.Api.Pages;
using Dispatch.SystemTests.Api.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>The pages alone, over a folder made for the test.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("dispatch-pages-");
    private WebApplication? _app;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (string page in new[] { "index.html", "console/index.html", "track/index.html", "point/index.html", "assets/app-123.js", "technician/sw.js" })
        {
            string path = Path.Combine(_root.FullName, page);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, page);
        }
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        ApiOptions options = new() { DataFolder = _root.FullName, WebRoot = _root.FullName };
        _app = builder.Build();
        _app.UseSecurityHeaders();
        PageRoutes.Use(_app, options);
        PageRoutes.Map(_app, options);
        await _app.StartAsync();
        string address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        _root.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/", "index.html")]
    [InlineData("/console/", "console/index.html")]
    [InlineData("/track/job_abc.AAAA", "track/index.html")]
    public async Task Page_IsItsDocumentUnderAStrictPolicy(string path, string content)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(content, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task Assets_AreKeptForEverAndOtherFilesAreAskedForAgain()
    {
        using HttpResponseMessage asset = await _http.GetAsync("/assets/app-123.js", TestContext.Current.CancellationToken);
        Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using HttpResponseMessage worker = await _http.GetAsync("/technician/sw.js", TestContext.Current.CancellationToken);
        Assert.Equal("text/javascript", worker.Content.Headers.ContentType!.MediaType);
        Assert.True(worker.Headers.CacheControl!.NoCache);
    }

    [Theory]
    [InlineData("/track/bad")]
    [InlineData("/track/")]
    public async Task MistypedTrackingLink_IsThePageForAPersonAndTheRefusalForAProgram(string path)
    {
        using HttpRequestMessage person = new(HttpMethod.Get, path) { Headers = { { "Accept", "text/html,application/xhtml+xml,*/*;q=0.8" } } };
        using HttpResponseMessage page = await _http.SendAsync(person, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("track/index.html", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using HttpRequestMessage program = new(HttpMethod.Get, path) { Headers = { { "Accept", "application/json" } } };
        using HttpResponseMessage refusal = await _http.SendAsync(program, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, refusal.StatusCode);
        Assert.Contains("track.unknown", await refusal.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyThePageThatReadsCodes_MayRunWebAssembly()
    {
        using HttpResponseMessage point = await _http.GetAsync("/point/", TestContext.Current.CancellationToken);
        string policy = point.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self' 'wasm-unsafe-eval';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageWithoutItsSlash_IsSentThere()
    {
        using HttpResponseMessage answer = await _http.GetAsync("/console", TestContext.Current.CancellationToken);
        Assert.Equal("/console/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/../secret")]
    [InlineData("/assets/..%2f..%2fetc/passwd")]
    public async Task NothingOutsideTheFolder_IsServed(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.False(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task MissingPage_SaysHowToBuildIt()
    {
        using HttpResponseMessage answer = await _http.GetAsync("/request/", TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Contains("npm run build", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
