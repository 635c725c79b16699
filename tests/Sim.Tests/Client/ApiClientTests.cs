using System.Net;
using System.Text;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;

namespace Sim.Tests.Client;

public sealed class ApiClientTests
{
    private static readonly RetryRules Impatient = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2)));

    [Fact]
    public async Task LostAnswerAnd503_AreMetWithTheSameCommandUnderTheSameKey()
    {
        FakeServer server = new(_ => throw new HttpRequestException("reset"), _ => Json(503, "{}"), _ => Json(201, "{\"id\":\"job_1\",\"status\":\"queued\",\"epoch\":0,\"version\":1}"));
        using ApiClient api = Client(server);
        JobReply reply = (await api.Command<JobReply>("v1/jobs", new EpochRequest(3), "key-1", CancellationToken.None)).Must("job");
        Assert.Equal("job_1", reply.Id);
        Assert.Equal([("key-1", "{\"epoch\":3}"), ("key-1", "{\"epoch\":3}"), ("key-1", "{\"epoch\":3}")], server.Seen.Select(s => (s.Key, s.Body)));
        Assert.Equal(2, api.Repetitions);
    }

    [Fact]
    public async Task Refusal_IsATypedResultWithCodeAndCurrentState_AndIsNotRepeated()
    {
        FakeServer server = new(_ => Json(409, "{\"title\":\"Conflict\",\"status\":409,\"code\":\"job.epoch_stale\",\"facts\":{\"epoch\":4},\"current\":{\"id\":\"job_1\"}}"));
        using ApiClient api = Client(server);
        Problem problem = Assert.IsType<ApiResult<Nothing>.Refused>(await api.Command<Nothing>("v1/jobs/job_1/accept", new EpochRequest(3), "k", CancellationToken.None)).Problem;
        Assert.Equal((409, "job.epoch_stale", 4, "job_1"), (problem.Status, problem.Code, problem.Facts?.GetProperty("epoch").GetInt32(), problem.Current?.GetProperty("id").GetString()));
        Assert.Single(server.Seen);
    }

    [Fact]
    public async Task ErrorThatIsNoProblemDocument_IsNamedByItsStatus()
    {
        using ApiClient api = Client(new FakeServer(_ => Json(502, "<html>")));
        Assert.Equal("http.502", Assert.IsType<ApiResult<Nothing>.Refused>(await api.Get<Nothing>("x", CancellationToken.None)).Problem.Code);
    }

    [Fact]
    public async Task SignInThatRanOut_IsRenewedOnceAndTheCallRepeated()
    {
        FakeServer server = new(
            _ => SignedIn("first"), _ => Json(401, "{\"code\":\"auth.expired\"}"), _ => SignedIn("second"), _ => Json(200, "{\"id\":\"x\"}"));
        using ApiClient api = Client(server);
        await api.SignIn(new Credentials("u", "p"), CancellationToken.None);
        Assert.Equal("x", (await api.Get<Created>("v1/thing", CancellationToken.None)).Must("thing").Id);
        Assert.Equal([null, "first", "first", "second"], server.Seen.Select(s => s.Token));
        Assert.Equal("second", await api.Token(CancellationToken.None));
    }

    [Fact]
    public async Task SignInThatStaysRefused_IsTheResult()
    {
        FakeServer server = new(_ => SignedIn("first"), _ => Json(401, "{\"code\":\"auth.expired\"}"), _ => Json(401, "{\"code\":\"auth.wrong\"}"));
        using ApiClient api = Client(server);
        await api.SignIn(new Credentials("u", "p"), CancellationToken.None);
        Assert.Equal("auth.wrong", Assert.IsType<ApiResult<Created>.Refused>(await api.Get<Created>("v1/thing", CancellationToken.None)).Problem.Code);
    }

    [Fact]
    public async Task ServerThatStaysAway_EndsInAnExceptionThatSaysSo()
    {
        Support.ManualTime time = new();
        FakeServer server = new(_ => { time.Advance(TimeSpan.FromSeconds(30)); throw new HttpRequestException("refused"); });
        using ApiClient api = new(new Uri("http://server/"), server, time, Impatient, new Random(1));
        ServerUnreachableException e = await Assert.ThrowsAsync<ServerUnreachableException>(() => api.Get<Nothing>("v1/zones", CancellationToken.None));
        Assert.Contains("v1/zones", e.Message);
    }

    private static ApiClient Client(HttpMessageHandler server) => new(new Uri("http://server/"), server, TimeProvider.System, Impatient, new Random(1));

    private static HttpResponseMessage SignedIn(string token) =>
        Json(200, $"{{\"accessToken\":\"{token}\",\"tokenType\":\"Bearer\",\"expiresIn\":3600,\"role\":\"manager\",\"subjectId\":\"s\",\"name\":\"n\",\"tenant\":\"main\"}}");

    private static HttpResponseMessage Json(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>Answers one call after the other as scripted, and remembers what it saw.</summary>
    private sealed class FakeServer(params Func<HttpRequestMessage, HttpResponseMessage>[] script) : HttpMessageHandler
    {
        public List<(string? Key, string? Body, string? Token)> Seen { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string? body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            Seen.Add((request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null, body, request.Headers.Authorization?.Parameter));
            return script[Seen.Count - 1](request);
        }
    }
}
