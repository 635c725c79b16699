using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.City;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;

namespace Dispatch.Sim.Chaos.Load;

/// <summary>Somebody with an account, or nobody in particular. Some of what they send they send once and never ask about again.</summary>
public sealed record Person(string User, ApiClient Patient, ApiClient Impatient);

/// <summary>What everybody who loads the server shares: where it is, the journal that all they say goes through, and what the console knows of jobs.</summary>
public sealed class ChaosWorld(IReadOnlyList<Uri> servers, int seed, Journal journal, TimeProvider time, Action<string> detail) : IDisposable
{
    public const string Zone = "zone_chaos", Password = "correct horse battery";
    private const double OnlyOnce = 0.08;

    /// <summary>Ways back in after a kill are short: the next kill is near.</summary>
    public static readonly Backoff Backoff = new(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(400));

    private readonly SocketsHttpHandler handler = new() { MaxConnectionsPerServer = 128, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
    private readonly ConcurrentDictionary<string, Person> people = new();
    private readonly ConcurrentDictionary<Task, bool> errands = new();
    private readonly CancellationTokenSource life = new();
    private long lastMoment;

    /// <summary>Every address that serves the same data; clients go on at the next one where one fails.</summary>
    public IReadOnlyList<Uri> Servers { get; } = servers;

    public Uri Server => Servers[0];

    public int Seed { get; } = seed;

    public Journal Journal { get; } = journal;

    public TimeProvider Time { get; } = time;

    public JobBoard Board { get; } = new();

    public IReadOnlyList<Crew> Technicians { get; set; } = [];

    public IReadOnlyList<string> Points { get; set; } = [];

    /// <summary>Nobody begins anything any more; what was begun is brought to its end.</summary>
    public bool IsClosing { get; set; }

    /// <summary>Ends what never comes to an end by itself.</summary>
    public CancellationToken Life => life.Token;

    public int Underway => errands.Count;

    public Action<string> Detail { get; } = detail;

    /// <summary>How long one attempt waits for its answer. In a cluster longer than a node repeats by itself, so that what is measured is the node.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long what is not answered is sent again.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>So many more consoles follow the zone.</summary>
    public int Consoles { get; init; }

    private RetryRules Patient => new(AttemptTimeout, GiveUpAfter, Backoff);

    private RetryRules Impatient => Patient with { GiveUpAfter = TimeSpan.Zero };

    /// <summary>A client of nobody's.</summary>
    public ApiClient Client(string user) => Client(user, "client", Patient);

    private ApiClient Client(string user, string manner, RetryRules rules) =>
        new(Server, new JournalHandler(Journal, Time, user, new FailoverHandler(Servers, Chance.Share(Seed, "server", user), handler)), Time, rules, Chance.Of(Seed, manner, user));

    /// <summary>Opens connections at the next address each time, beginning where chance says.</summary>
    public HubDial Dial(string name, Func<CancellationToken, Task<string?>> token)
    {
        int next = (int)(Servers.Count * Chance.Share(Seed, "hub server", name));
        return cancellation => WebSocketTransport.To(Servers[Interlocked.Increment(ref next) % Servers.Count], "hub", token)(cancellation);
    }

    /// <summary>Signs in, and stays so from kill to kill.</summary>
    public async Task<Person> SignIn(string user, CancellationToken cancellation)
    {
        Person person = new(user, Client(user), Client(user, "impatient", Impatient));
        foreach (ApiClient client in (ApiClient[])[person.Patient, person.Impatient])
            (await client.SignIn(new Credentials(user, Password), cancellation)).Must("sign-in of " + user);
        return people[user] = person;
    }

    /// <summary>Whom nobody knows: a customer.</summary>
    public Person Anonymous(string name) => people.GetOrAdd(name, _ => new Person(name, Client(name), Client(name, "impatient", Impatient)));

    public Person Find(string user) => people[user];

    /// <summary>
    /// Sends a command: mostly until it is answered, sometimes twice at once, sometimes only once whatever comes of it. Null where no decision came back.
    /// </summary>
    public async Task<ApiResult<JsonElement>?> Send(Person person, string path, object body, string key)
    {
        double how = Chance.Share(Seed, "send", person.User, key);
        try
        {
            Task<ApiResult<JsonElement>> Once(ApiClient by) => by.Command<JsonElement>(path, body, key, Life);
            ApiResult<JsonElement> result = how < OnlyOnce ? await Once(person.Impatient) : how < 0.13 ? (await Task.WhenAll(Once(person.Patient), Once(person.Patient)))[0] : await Once(person.Patient);
            if (result is not ApiResult<JsonElement>.Refused { Problem.Status: 401 or 429 or >= 500 })
                return result;
            GaveUp(how);
            return null;
        }
        catch (ServerUnreachableException e)
        {
            GaveUp(how);
            Detail(e.Message);
            return null;
        }
    }

    /// <summary>What is sent only once may go without an answer.</summary>
    private void GaveUp(double how)
    {
        if (how >= OnlyOnce)
            Journal.GaveUp();
    }

    /// <summary>A moment that is nobody else's, so that what carries it can be told apart.</summary>
    public DateTimeOffset Moment()
    {
        while (true)
        {
            long last = Volatile.Read(ref lastMoment), now = Math.Max(Time.GetUtcNow().Ticks, last + 1);
            if (Interlocked.CompareExchange(ref lastMoment, now, last) == last)
                return new DateTimeOffset(now, TimeSpan.Zero);
        }
    }

    public static string Wire(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Does something beside everything else, and is waited for at the end.</summary>
    public void Errand(Func<Task> work)
    {
        Task task = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (life.IsCancellationRequested)
            {
                // the run is over
            }
            catch (Exception e) when (e is ApiException or ServerUnreachableException or HttpRequestException or IOException or SocketException or TimeoutException)
            {
                Detail(e.Message);
            }
        });
        errands[task] = true;
        _ = task.ContinueWith(done => errands.TryRemove(done, out _), TaskScheduler.Default);
    }

    /// <summary>Repeats something with a pause until the day closes.</summary>
    public Task Until(Func<int, Task> work, Func<int, TimeSpan> pause) => Task.Run(async () =>
    {
        for (int i = 0; !IsClosing && !life.IsCancellationRequested; i++)
        {
            await work(i);
            await Pause(pause(i));
        }
    });

    public async Task Pause(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, Time, Life);
        }
        catch (OperationCanceledException)
        {
            // the run is over
        }
    }

    /// <summary>Waits until everything begun has come to its end.</summary>
    public async Task Finish(TimeSpan patience)
    {
        long since = Time.GetTimestamp();
        while (!errands.IsEmpty && Time.GetElapsedTime(since) < patience)
            await Task.Delay(20, CancellationToken.None);
        await life.CancelAsync();
        await Task.WhenAll(errands.Keys);
    }

    public void Dispose()
    {
        foreach (Person person in people.Values)
        {
            person.Patient.Dispose();
            person.Impatient.Dispose();
        }
        handler.Dispose();
        life.Dispose();
    }
}

/// <summary>A technician and their account.</summary>
public sealed record Crew(string Id, Person Person);
