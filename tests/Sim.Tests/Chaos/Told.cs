using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.Chaos.Judging;

namespace Sim.Tests.Chaos;

/// <summary>A small run as its clients would have told it: right in every respect, until a test plants something.</summary>
internal sealed class Told
{
    public const string Zone = "zone/zone_chaos", Technician = "tech_a", Other = "tech_b", Point = "point_a";

    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, long> numbers = [];

    public List<HistoryEvent> History { get; } = [];

    public List<SentCommand> Commands { get; } = [];

    public List<SeenVersion> Seen { get; } = [];

    public List<WatcherLog> Watchers { get; } = [];

    public List<Repetition> Repetitions { get; } = [];

    public List<string> HeadsMoved { get; } = [];

    public bool AtRest { get; set; } = true;

    public static DateTimeOffset At(double minutes) => Morning.AddMinutes(minutes);

    /// <summary>A job that was asked for, offered, accepted and driven to, with every command answered, and a watcher who applied all of it.</summary>
    public static Told WholeStory()
    {
        Told told = new();
        told.Requested("job_1", "one");
        told.Offer("job_1", 1, Technician);
        told.Ledger("job_1", 1, Technician, 0, 60);
        told.Event("technician", Technician, "technician.confirmed", new() { ["jobId"] = "job_1", ["epoch"] = 1 });
        told.Job("job_1", "job.accepted", "accepted", 1, new() { ["technicianId"] = Technician });
        told.Send("tech1", "v1/jobs/job_1/accept", """{"epoch":1}""", 20, 30, Reply("job_1", "accepted", 1, 5));
        told.Job("job_1", "job.departed", "enRoute", 1, new() { ["technicianId"] = Technician, ["at"] = Wire(5) });
        told.Send("tech1", "v1/jobs/job_1/depart", new JsonObject { ["epoch"] = 1, ["occurredAt"] = Wire(5) }.ToJsonString(), 40, 50, Reply("job_1", "enRoute", 1, 6));
        return told;
    }

    public static string Wire(double minutes) => At(minutes).ToString("O", CultureInfo.InvariantCulture);

    public static string Reply(string job, string status, long epoch, long version) =>
        new JsonObject { ["id"] = job, ["status"] = status, ["epoch"] = epoch, ["version"] = version }.ToJsonString();

    public SentCommand Send(string user, string path, string body, long invoked, long answered, string? reply, int status = 200)
    {
        SentCommand command = new(user, $"key-{Commands.Count}", path, body, invoked, reply is null ? null : new Answer(status, reply, answered), []);
        Commands.Add(command);
        return command;
    }

    public void Requested(string job, string symptom)
    {
        Job(job, "job.requested", "requested", 0, new() { ["request"] = new JsonObject { ["symptom"] = symptom } });
        Job(job, "job.triaged", "requested", 0, []);
        Job(job, "job.queued", "queued", 0, []);
        Send("customer", "v1/jobs", new JsonObject { ["symptom"] = symptom }.ToJsonString(), 0, 10, Reply(job, "queued", 0, 3), 201);
    }

    public void Offer(string job, long epoch, params string[] technicians) => Job(job, "job.offered", "offered", epoch, new()
    {
        ["candidates"] = new JsonArray([.. technicians.Select(t => new JsonObject { ["technicianId"] = t, ["visit"] = new JsonObject { ["departAt"] = Wire(0) } })]),
    });

    /// <summary>Time reserved, not yet firm.</summary>
    public void Ledger(string job, long epoch, string technician, double from, double to) => Event("technician", technician, "technician.reserved", new()
    {
        ["commitment"] = new JsonObject
        {
            ["jobId"] = job, ["epoch"] = epoch, ["status"] = "reserved", ["visit"] = new JsonObject { ["startAt"] = Wire(from), ["finishAt"] = Wire(to) }, ["serviceSeconds"] = 1800,
            ["windowOpens"] = Wire(0), ["expiresAt"] = Wire(600),
        },
    });

    public void Defined(int perDay, int batteries) => Event("point", Point, "point.defined", new()
    {
        ["profile"] = new JsonObject { ["hours"] = new JsonObject { ["timeZone"] = "Asia/Shanghai" }, ["slots"] = new JsonArray(new JsonObject { ["category"] = "phone", ["perDay"] = perDay }) },
        ["stock"] = new JsonArray(new JsonObject { ["code"] = "battery", ["quantity"] = batteries }),
    });

    public void Bench(string job, string day) => Event("point", Point, "point.reserved", new()
    {
        ["slot"] = new JsonObject
        {
            ["jobId"] = job, ["epoch"] = 1, ["status"] = "reserved", ["day"] = day, ["category"] = "phone", ["parts"] = new JsonArray(new JsonObject { ["code"] = "battery", ["quantity"] = 1 }), ["expiresAt"] = Wire(600),
        },
    });

    public void Job(string job, string type, string status, long epoch, JsonObject data)
    {
        (data["jobId"], data["status"], data["epoch"]) = (job, status, epoch);
        Event("job", job, type, data);
    }

    public void Event(string kind, string id, string type, JsonObject data)
    {
        long number = numbers[id] = numbers.GetValueOrDefault(id) + 1;
        data["version"] = number;
        History.Add(new HistoryEvent(History.Count + 1, type, At(0), $"{kind}:main/{id}", number, JsonDocument.Parse(data.ToJsonString()).RootElement));
    }

    /// <summary>Somebody who applied the whole stream, but for what the test does to the list.</summary>
    public void Watch(string watcher, Action<List<Applied>>? plant = null)
    {
        List<Applied> applied = [.. History.Select(e => new Applied(Zone, e.Seq, Digests.Of(e)))];
        plant?.Invoke(applied);
        Watchers.Add(new WatcherLog(watcher, false, false, applied));
    }

    public Verdict Judge() => new ChaosJudge(Zone, new Dictionary<string, string> { ["tech1"] = Technician, ["tech2"] = Other }).Judge(new Evidence(
        Commands, Seen, Watchers, new Dictionary<string, IReadOnlyList<HistoryEvent>> { [Zone] = History }, Repetitions, HeadsMoved, [], AtRest));
}
