using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Dispatch.Sim.Push;

/// <summary>
/// What goes on while clients are disturbed: jobs are filed at a steady rate and the first few are put off again and again. Each command is repeated under its key until it is answered, so
/// that what was acknowledged is known for certain.
/// </summary>
public sealed class PushLoad : IAsyncDisposable
{
    public const string Zone = "zone_push";
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, bool> filed = new();
    private readonly List<Task> work = [];
    private long commands, repetitions;

    public PushLoad(Uri server, string token, TimeProvider time)
    {
        http = new HttpClient { BaseAddress = server, Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        this.time = time;
    }

    /// <summary>Ids of jobs whose filing was acknowledged.</summary>
    public IReadOnlyCollection<string> Filed => [.. filed.Keys];

    public long Commands => Interlocked.Read(ref commands);

    /// <summary>Attempts beyond the first of their command.</summary>
    public long Repetitions => Interlocked.Read(ref repetitions);

    public Task MakeZone() => Command("v1/zones", new
    {
        name = "Push", zoneId = Zone, territory = new[] { Place(120.8, 30.8), Place(121.2, 30.8), Place(121.2, 31.2), Place(120.8, 31.2) },
        depot = new { name = "Depot", place = Place(121, 31) },
    }, "zone");

    /// <summary>Files one job; its id and its tracking link.</summary>
    public async Task<(string Id, string Link)> File(string key)
    {
        JsonElement job = await Command("v1/jobs", new
        {
            category = "screen", place = Place(121.01, 31.01), contact = new { name = "Ada Example", phone = "+86 21 5555 0101" }, symptom = "The screen is dark",
            window = new { from = "2099-01-01T08:00:00Z", to = "2099-01-01T18:00:00Z" },
        }, key);
        string id = job.GetProperty("id").GetString()!;
        filed[id] = true;
        return (id, job.GetProperty("trackingUrl").GetString()!);
    }

    /// <summary>From here on, until <see cref="Stop"/>.</summary>
    public void Start(double jobsPerSecond, IReadOnlyList<string> tracked)
    {
        work.Add(Every(TimeSpan.FromSeconds(1 / jobsPerSecond), n => File($"push-{n}")));
        if (tracked.Count > 0)
            work.Add(Every(TimeSpan.FromSeconds(0.25), n => Command(
                $"v1/jobs/{tracked[n % tracked.Count]}/reschedule",
                new { windows = new[] { new { from = Day(n, "08"), to = Day(n, "18") } } }, $"put-off-{n}")));
    }

    /// <summary>Ends when every command that was begun has been answered.</summary>
    public async Task Stop()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(work);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        http.Dispose();
        stopping.Dispose();
    }

    private async Task Every(TimeSpan pause, Func<int, Task> once)
    {
        using PeriodicTimer timer = new(pause, time);
        try
        {
            for (int n = 0; await timer.WaitForNextTickAsync(stopping.Token); n++)
                await once(n);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It was told to stop.
        }
    }

    private async Task<JsonElement> Command(string path, object body, string key)
    {
        Interlocked.Increment(ref commands);
        while (true)
        {
            try
            {
                using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
                request.Headers.Add("Idempotency-Key", key);
                using HttpResponseMessage response = await http.SendAsync(request);
                if (response.IsSuccessStatusCode)
                    return (await response.Content.ReadFromJsonAsync<JsonElement>()).Clone();
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                    throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException or SocketException or TaskCanceledException)
            {
                // Nobody knows whether it was done; the same again finds out.
            }
            Interlocked.Increment(ref repetitions);
            await Task.Delay(Again, time);
        }
    }

    private static object Place(double lon, double lat) => new { lon, lat };

    private static string Day(int n, string hour) => string.Create(CultureInfo.InvariantCulture, $"2099-{1 + n / 28 % 12:00}-{1 + n % 28:00}T{hour}:00:00Z");
}
