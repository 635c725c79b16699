using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;

namespace Dispatch.Sim.Client.Api;

/// <summary>
/// The HTTP side of one user. Every command carries an idempotency key, so that it may be sent again with the same key after a lost answer, a 503 or a restart
/// and still happens once. A sign-in that has run out is renewed. Thread-safe.
/// </summary>
public sealed class ApiClient : IStreamSource, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly HttpClient http;
    private readonly TimeProvider time;
    private readonly RetryRules retry;
    private readonly Random chance;
    private readonly SemaphoreSlim signingIn = new(1);
    private Credentials? credentials;
    private string? token;

    /// <param name="handler">Shared by many users where connections are to be; not disposed here.</param>
    public ApiClient(Uri server, HttpMessageHandler handler, TimeProvider time, RetryRules retry, Random chance)
    {
        http = new HttpClient(handler, disposeHandler: false) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        this.time = time;
        this.retry = retry;
        this.chance = chance;
    }

    /// <summary>Commands sent again because no answer, or a 503, came.</summary>
    public int Repetitions { get; private set; }

    /// <summary>Whom this client speaks for from now on.</summary>
    public async Task<ApiResult<SignInReply>> SignIn(Credentials who, CancellationToken cancellation)
    {
        credentials = who;
        ApiResult<SignInReply> result = await Send<SignInReply>(HttpMethod.Post, "v1/sign-in", new SignInRequest(who.User, who.Password), null, cancellation);
        token = result is ApiResult<SignInReply>.Ok ok ? ok.Value.AccessToken : null;
        return result;
    }

    /// <summary>Speaks by a right that needs no account, such as a tracking token.</summary>
    public void UseToken(string right) => token = right;

    /// <summary>For the hub; null while nobody has signed in.</summary>
    public Task<string?> Token(CancellationToken cancellation) => Task.FromResult(token);

    public Task<ApiResult<T>> Get<T>(string path, CancellationToken cancellation) => WithSignIn<T>(HttpMethod.Get, path, null, null, cancellation);

    /// <param name="key">Names the command; the same one is sent with every repetition.</param>
    public Task<ApiResult<T>> Command<T>(string path, object body, string key, CancellationToken cancellation) =>
        WithSignIn<T>(HttpMethod.Post, path, body, key, cancellation);

    public async Task<EventPage> Events(string stream, long after, CancellationToken cancellation) =>
        (await Get<EventPage>(string.Create(CultureInfo.InvariantCulture, $"v1/streams/{stream}/events?after={after}&limit=500"), cancellation)).Must("events of " + stream);

    public async Task<StreamSnapshot> Snapshot(string stream, CancellationToken cancellation) =>
        (await Get<StreamSnapshot>($"v1/streams/{stream}/snapshot", cancellation)).Must("snapshot of " + stream);

    /// <summary>The clock, asked exactly once: a repetition would spoil the measurement.</summary>
    public async Task<ClockReply> Clock(CancellationToken cancellation)
    {
        using HttpResponseMessage response = await Attempt(HttpMethod.Get, "v1/clock", null, null, cancellation);
        return (await Read<ClockReply>(response, cancellation)).Must("clock");
    }

    public void Dispose() => http.Dispose();

    private async Task<ApiResult<T>> WithSignIn<T>(HttpMethod method, string path, object? body, string? key, CancellationToken cancellation)
    {
        string? used = token;
        ApiResult<T> result = await Send<T>(method, path, body, key, cancellation);
        if (result is not ApiResult<T>.Refused { Problem.Status: (int)HttpStatusCode.Unauthorized } || credentials is not { } who)
            return result;
        await signingIn.WaitAsync(cancellation);
        try
        {
            if (token == used && await SignIn(who, cancellation) is ApiResult<SignInReply>.Refused refused)
                return new ApiResult<T>.Refused(refused.Problem);
        }
        finally
        {
            signingIn.Release();
        }
        return await Send<T>(method, path, body, key, cancellation);
    }

    private async Task<ApiResult<T>> Send<T>(HttpMethod method, string path, object? body, string? key, CancellationToken cancellation)
    {
        long since = time.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            Exception? lost;
            try
            {
                using HttpResponseMessage response = await Attempt(method, path, body, key, cancellation);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                    return await Read<T>(response, cancellation);
                lost = null;
                if (time.GetElapsedTime(since) > retry.GiveUpAfter)
                    return await Read<T>(response, cancellation);
            }
            // A connection that ends while it is being made comes as a bare error of the socket.
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException or TimeoutException)
            {
                lost = e;
            }
            if (lost is not null && time.GetElapsedTime(since) > retry.GiveUpAfter)
                throw new ServerUnreachableException($"{method} {path}: no answer within {retry.GiveUpAfter.TotalSeconds:0} s", lost);
            Repetitions++;
            await Task.Delay(retry.Backoff.Delay(attempt, chance.NextDouble()), time, cancellation);
        }
    }

    private async Task<HttpResponseMessage> Attempt(HttpMethod method, string path, object? body, string? key, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: Json);
        using CancellationTokenSource limit = new(retry.AttemptTimeout, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await http.SendAsync(request, both.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{method} {path}: no answer within {retry.AttemptTimeout.TotalSeconds:0} s", e);
        }
    }

    private static async Task<ApiResult<T>> Read<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            return new ApiResult<T>.Refused(ProblemOf((int)response.StatusCode, body));
        if (typeof(T) == typeof(Nothing))
            return new ApiResult<T>.Ok((T)(object)default(Nothing));
        return JsonSerializer.Deserialize<T>(body, Json) is { } value
            ? new ApiResult<T>.Ok(value)
            : throw new JsonException($"{response.RequestMessage?.RequestUri} answered null.");
    }

    private static Problem ProblemOf(int status, byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement.Clone();
            string? Text(string name) => root.TryGetProperty(name, out JsonElement v) && v.ValueKind == JsonValueKind.String ? v.GetString() : null;
            JsonElement? Part(string name) => root.TryGetProperty(name, out JsonElement v) ? v : null;
            if (root.ValueKind == JsonValueKind.Object)
                return new Problem(status, Text("code") ?? "http." + status, Text("title"), Text("detail"), Part("facts"), Part("current"));
        }
        catch (JsonException)
        {
            // not a problem document; the status says what there is to say
        }
        return new Problem(status, "http." + status, null, null, null, null);
    }
}

/// <summary>For calls whose answer nobody reads.</summary>
public readonly record struct Nothing;

/// <param name="AttemptTimeout">How long one attempt may take.</param>
/// <param name="GiveUpAfter">No further attempt is made once a call has taken this long.</param>
public sealed record RetryRules(TimeSpan AttemptTimeout, TimeSpan GiveUpAfter, Backoff Backoff)
{
    /// <summary>10 s an attempt, 60 s in all.</summary>
    public static RetryRules Standard { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), Backoff.Standard);
}
