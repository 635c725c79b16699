using Dispatch.Domain.Geo;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Technicians.Patches;

namespace Dispatch.Domain.Tests.Intents;

/// <summary>
/// The deciders of jobs, technicians and changes of plan, stepped in random order: what is asked may be asked again, late, or never; makers of changes stop halfway; people
/// step in between. Nobody is ever booked double, and what is decided is applied whole or not at all.
/// </summary>
public class PlanChangePropertyTests
{
    [Fact]
    public void HoweverTheStepsFall_AChangeIsWholeOrNotAtAll_AndNobodyIsBookedDouble()
    {
        int committed = 0, withdrawn = 0;
        for (int seed = 1; seed <= 500; seed++)
        {
            Small world = new(seed);
            world.Play(200);
            committed += world.Intents.Count(i => i.Status == IntentStatus.Committed);
            withdrawn += world.Intents.Count(i => i.Status == IntentStatus.Withdrawn);
        }
        Assert.True(committed > 300, $"only {committed} committed");
        Assert.True(withdrawn > 300, $"only {withdrawn} withdrawn");
    }

    /// <summary>Three technicians whose days are full of four jobs, and whatever anybody may send them.</summary>
    private sealed class Small
    {
        private static readonly DateTimeOffset Eight = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
        private static readonly TenantId Tenant = new("main");
        private static readonly ZoneId Zone = new("zone_n");
        private static readonly ServiceNeeds Needs = ServiceNeeds.Of([], [], [], TimeSpan.FromMinutes(30));

        private readonly int seed;
        private readonly Random random;
        private readonly SortedDictionary<TechnicianId, TechnicianState> technicians = [];
        private readonly SortedDictionary<JobId, JobState> jobs = [];
        private readonly SortedDictionary<IntentId, IntentState> intents = [];
        private readonly SortedDictionary<IntentId, int> progress = [];
        private readonly List<(TechnicianId To, TechnicianCommand Command)> toTechnicians = [];
        private readonly List<(JobId To, JobCommand Command)> toJobs = [];
        private readonly List<(JobId Job, Epoch Epoch, IntentId Intent)> moved = [];
        private DateTimeOffset now = Eight;

        public Small(int seed)
        {
            this.seed = seed;
            random = new Random(seed);
            for (int i = 0; i < 3; i++)
            {
                TechnicianId id = new($"tech_{i}");
                technicians[id] = new TechnicianState(
                    id, Tenant, new TechnicianProfile("x", Zone, new Place(121, 31), new TimeWindow(Eight, Eight.AddHours(10)), [], [], []), [], true, false, new Place(121, 31), Eight, [], [], null, 0, false);
            }
            for (int i = 0; i < 4; i++)
            {
                JobId id = new($"job_{i}");
                To(id, new RequestJob(id, Tenant, Zone, new JobRequest("screen", new Place(121, 31), [new(Eight, Eight.AddHours(9))], Severity.Regular, null, null), Needs));
                TechnicianId technician = technicians.Keys.ElementAt(i % 3);
                Visit visit = Slot(i < 3 ? 60 : 120);
                Assert.Null(To(technician, new ReserveSlot(id, new Epoch(1), visit, new Place(121, 31), Needs, Eight, Eight.AddHours(1))));
                Assert.Null(To(technician, new ConfirmSlot(id, new Epoch(1), visit)));
                Assert.Null(To(id, new OfferJob(Epoch.Zero, [new Candidate(technician, visit)], Eight.AddHours(1), Direct: true)));
            }
        }

        public IEnumerable<IntentState> Intents => intents.Values;

        public void Play(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                now = now.AddSeconds(random.Next(4));
                Step();
                Look();
            }
            now = now.AddMinutes(10);
            foreach (JobId id in jobs.Keys.ToArray())
                Resolve(id);
            foreach (TechnicianId id in technicians.Keys.ToArray())
                if (technicians[id].Parked is { } patch)
                    To(id, new SettlePatch(patch.Intent, Decided(patch.Intent), null));
            foreach ((TechnicianId to, TechnicianCommand command) in toTechnicians.ToArray())
                if (command is not ParkPatch)
                    To(to, command);
            Look();
            AtRest();
        }

        private void Step()
        {
            switch (random.Next(10))
            {
                case 0 when intents.Values.Count(i => i.Status == IntentStatus.Open) < 2:
                    Open();
                    break;
                case <= 5 when intents.Count > 0:
                    Drive(intents.Keys.ElementAt(Math.Max(random.Next(intents.Count), random.Next(intents.Count))));
                    break;
                case 6 when toTechnicians.Count > 0:
                    (TechnicianId technician, TechnicianCommand command) = toTechnicians[random.Next(toTechnicians.Count)];
                    To(technician, command);
                    break;
                case 7 when toJobs.Count > 0:
                    (JobId job, JobCommand asked) = toJobs[random.Next(toJobs.Count)];
                    Tell(job, asked);
                    break;
                case 8:
                    To(technicians.Keys.ElementAt(random.Next(3)), new ReserveSlot(
                        new JobId($"job_x{random.Next(3)}"), new Epoch(random.Next(1, 50)), Slot(random.Next(500)), new Place(121, 31), Needs, Eight, now.AddSeconds(10)));
                    break;
                case 9 when random.Next(3) == 0:
                    Person(jobs.Keys.ElementAt(random.Next(jobs.Count)));
                    break;
            }
        }

        private void Open()
        {
            IntentId id = new($"intent_{intents.Count:000}");
            List<JobMove> moves = [];
            JobState[] held = [.. jobs.Values.Where(j => j.Assigned is not null).OrderBy(_ => random.Next())];
            if (held.Length >= 2 && random.Next(3) > 0)
                moves.AddRange([Move(held[0], held[1].Assigned!.Value, held[1].Visit!), Move(held[1], held[0].Assigned!.Value, held[0].Visit!)]);
            else if (held.Length > 0)
                moves.Add(Move(held[0], technicians.Keys.ElementAt(random.Next(3)), Slot(random.Next(500))));
            else
                return;
            if (random.Next(10) == 0)
                moves[0] = moves[0] with { Epoch = moves[0].Epoch.Next };
            To(id, new OpenIntent(id, Tenant, Zone, [.. moves], "closer", true, TimeSpan.FromSeconds(30)));
            progress[id] = 0;
        }

        private static JobMove Move(JobState job, TechnicianId to, Visit visit) => new(job.Id, job.Epoch, job.Assigned, to, visit);

        /// <summary>The next thing its maker asks, in order; each may also come again, late.</summary>
        private void Drive(IntentId id)
        {
            IntentState intent = intents[id];
            if (intent.Status != IntentStatus.Open)
                return;
            JobMove[] moves = [.. RoutePatches.InOrder(intent.Moves)];
            RoutePatch[] patches = [.. RoutePatches.Of(intent.Moves)];
            int at = progress[id]++;
            if (at < moves.Length)
            {
                ParkJob park = RoutePatches.Park(moves[at], id, intent.DecideBy, intent.Overrules);
                toJobs.Add((moves[at].Job, park));
                if (Tell(moves[at].Job, park) is { } refusal)
                    To(id, new WithdrawIntent(refusal));
            }
            else if (at < moves.Length + patches.Length)
            {
                RoutePatch patch = patches[at - moves.Length];
                ParkPatch park = RoutePatches.Park(patch, id, intent.DecideBy, jobs);
                toTechnicians.Add((patch.Technician, park));
                if (To(patch.Technician, park) is { } refusal)
                    To(id, new WithdrawIntent(refusal));
            }
            else
            {
                To(id, new CommitIntent());
            }
            if (intents[id].Status == IntentStatus.Open)
                return;
            bool committed = intents[id].Status == IntentStatus.Committed;
            toTechnicians.AddRange(patches.Select(p => (p.Technician, (TechnicianCommand)new SettlePatch(id, committed, p.Holds))));
            toJobs.AddRange(moves.Select(m => (m.Job, (JobCommand)new SettleMove(id, committed))));
        }

        private void Person(JobId id)
        {
            Resolve(id);
            JobState job = jobs[id];
            JobCommand command = random.Next(3) == 0 ? new CancelJob("no longer needed") : job.Assigned is { } technician ? new Depart(technician, job.Epoch, now) : new ReassignJob(null, "closer", null);
            if (To(id, command) is null && jobs[id].Epoch > job.Epoch && job.Assigned is { } from)
                toTechnicians.Add((from, new ReleaseSlot(id, job.Epoch, "cancelled")));
        }

        /// <summary>As the grain does: a job that stands still has the change decided, and lets the ledger go first.</summary>
        private void Resolve(JobId id)
        {
            if (jobs[id].Parked is { } parked)
                Tell(id, new SettleMove(parked.Intent, Decided(parked.Intent)));
        }

        private Refusals.Refusal? Tell(JobId id, JobCommand command)
        {
            if (command is SettleMove { Committed: true } settle && jobs[id].Parked is { To: { } to } parked && parked.Intent == settle.Intent)
                Assert.Null(To(to.Technician, new SettlePatch(settle.Intent, true, new SlotRef(id, jobs[id].Epoch.Next))));
            return To(id, command);
        }

        private bool Decided(IntentId id)
        {
            To(id, new DecideIntent("somebody"));
            return intents[id].Status == IntentStatus.Committed;
        }

        private void Look()
        {
            foreach (TechnicianState t in technicians.Values)
            {
                Apart(t, [.. t.Commitments.Where(c => c.Status != CommitmentStatus.Reserved)]);
                if (t.Parked is { } patch)
                    Apart(t, [.. t.Commitments.Where(c => c.Status != CommitmentStatus.Reserved && patch.Releases.All(r => r.Job != c.Job) && patch.Additions.All(a => a.Job != c.Job)), .. patch.Additions]);
            }
            foreach (JobState job in jobs.Values.Where(j => j is { Parked: null, Assigned: not null }))
                if (technicians[job.Assigned!.Value].CommitmentOf(job.Id) is not { Status: not CommitmentStatus.Reserved } held || held.Epoch != job.Epoch)
                    Assert.Fail($"seed {seed}: {job.Id} is not in the ledger of {job.Assigned}");
        }

        private void Apart(TechnicianState t, Commitment[] firm)
        {
            for (int i = 0; i < firm.Length; i++)
                for (int j = i + 1; j < firm.Length; j++)
                    if (TechnicianDecider.Overlap(firm[i].Visit, firm[j].Visit))
                        Assert.Fail($"seed {seed}: {t.Id} is booked double: {firm[i]} and {firm[j]}");
        }

        private void AtRest()
        {
            foreach (IntentState intent in intents.Values)
                foreach (JobMove move in intent.Moves)
                    Assert.True(
                        moved.Count(m => m.Intent == intent.Id && m.Job == move.Job && m.Epoch == move.Epoch.Next) == (intent.Status == IntentStatus.Committed ? 1 : 0),
                        $"seed {seed}: {intent.Id} is {intent.Status}, but of {move.Job} that is not true");
            Assert.Equal(moved.Count, intents.Values.Where(i => i.Status == IntentStatus.Committed).Sum(i => i.Moves.Length));
            Assert.All(technicians.Values, t => Assert.Null(t.Parked));
            foreach (TechnicianState t in technicians.Values)
                foreach (Commitment c in t.Commitments.Where(c => c.Status != CommitmentStatus.Reserved && jobs.ContainsKey(c.Job)))
                    Assert.True(jobs[c.Job].Assigned == t.Id && jobs[c.Job].Epoch == c.Epoch, $"seed {seed}: {t.Id} keeps {c.Job}, which is not theirs");
        }

        private static Visit Slot(int minute) => new(Eight.AddMinutes(minute), Eight.AddMinutes(minute), Eight.AddMinutes(minute), Eight.AddMinutes(minute + 30));

        private Refusals.Refusal? To(TechnicianId id, TechnicianCommand command)
        {
            Decision<TechnicianEvent> decision = TechnicianDecider.Decide(technicians[id], command, now, JobRules.Standard);
            technicians[id] = decision.Events.Aggregate(technicians[id], (state, fact) => TechnicianEvolution.Apply(state, fact, now));
            return decision.Refusal;
        }

        private Refusals.Refusal? To(JobId id, JobCommand command)
        {
            JobState? job = jobs.GetValueOrDefault(id);
            Decision<JobEvent> decision = JobDecider.Decide(job, 0, command, now, JobRules.Standard);
            foreach (JobEvent fact in decision.Events)
            {
                job = JobEvolution.Apply(job, fact, now);
                if (fact is JobMoved m)
                    moved.Add((id, m.Epoch, m.Intent));
            }
            if (job is not null)
                jobs[id] = job;
            return decision.Refusal;
        }

        private void To(IntentId id, IntentCommand command)
        {
            Decision<IntentEvent> decision = IntentDecider.Decide(intents.GetValueOrDefault(id), id, command, now);
            foreach (IntentEvent fact in decision.Events)
                intents[id] = IntentDecider.Apply(intents.GetValueOrDefault(id), fact);
        }
    }
}
