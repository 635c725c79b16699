namespace Dispatch.Runtime.Simulation;

/// <summary>
/// Decides from the seed which queue runs its next turn, when and whether each message arrives, and where a grain lives.
/// Runs nothing itself: <see cref="Simulation"/> asks it for the next turn.
/// </summary>
internal sealed class SimulatedDispatcher(SeededRandom random, Agenda agenda, Trace trace, SimulationCounts counts, List<SimulatedHost> places) : TurnDispatcher
{
    private readonly List<TurnQueue> _ready = [];
    private readonly Dictionary<GrainId, SimulatedHost> _directory = [];
    private readonly Dictionary<GrainId, SimulatedHost> _doubles = [];
    private readonly Dictionary<GrainHost, SimulatedHost> _placeOf = [];
    private volatile int _thread;
    private string? _escape;

    public SimulationFaults Faults { get; set; } = SimulationFaults.None;

    public Action<string, TimeSpan>? TimedOutListener { get; set; }

    public override bool IsDeterministic => true;

    public bool HasReady => _ready.Count > 0;

    /// <summary>Where work reached the simulation from another thread; null when it never did.</summary>
    public string? Escape => Volatile.Read(ref _escape);

    /// <summary>Makes this thread the one that everything comes from, until disposed.</summary>
    public Driving Drive() => new(this);

    public readonly struct Driving : IDisposable
    {
        private readonly SimulatedDispatcher _dispatcher;
        private readonly int _before;

        public Driving(SimulatedDispatcher dispatcher)
        {
            (_dispatcher, _before) = (dispatcher, dispatcher._thread);
            dispatcher._thread = Environment.CurrentManagedThreadId;
        }

        public void Dispose() => _dispatcher._thread = _before;
    }

    public override void Schedule(TurnQueue queue)
    {
        if (IsInside())
            _ready.Add(queue);
    }

    public override void TimedOut(Call call)
    {
        counts.TimedOut++;
        TimedOutListener?.Invoke($"{call.Method} of {call.Target}", call.Waited);
    }

    public void Know(GrainHost host, SimulatedHost place) => _placeOf.Add(host, place);

    public TurnQueue TakeReady()
    {
        var chosen = random.Next(_ready.Count);
        var queue = _ready[chosen];
        _ready[chosen] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        return queue;
    }

    public override void SendRequest(GrainHost from, Call call)
    {
        if (!IsInside())
            return;
        counts.Requests++;
        trace.Add("request", from.Name, call.Target, call.Method.ToString());
        if (random.Chance(Faults.RequestLoss))
        {
            counts.RequestsLost++;
            trace.Add("lost", from.Name, call.Target, call.Method.ToString());
            return;
        }
        if (Route(from, call.Target) is { } to)
            Travel(PlaceOf(from), to, host => host.Deliver(call));
    }

    public override void SendReply(Call call)
    {
        if (!IsInside())
            return;
        // A refusal comes from where the call is, even when it has no executor yet.
        var from = call.Executor is Activation activation ? activation.Host : call.Origin;
        counts.Replies++;
        trace.Add("reply", from.Name, call.Target, call.Method.ToString());
        if (random.Chance(Faults.ReplyLoss))
        {
            counts.RepliesLost++;
            trace.Add("lost", from.Name, call.Target, call.Method.ToString());
            return;
        }
        Travel(PlaceOf(from), PlaceOf(call.Origin), host =>
        {
            if (ReferenceEquals(host, call.Origin))
                call.Settle();
        });
    }

    public override void SendCancellation(Call call)
    {
        if (IsInside() && call.Executor is Activation { Host: var host } && !random.Chance(Faults.RequestLoss))
            Travel(PlaceOf(call.Origin), PlaceOf(host), _ => call.CancelAtTarget());
    }

    public void Forget(SimulatedHost dead)
    {
        foreach (var id in _directory.Where(entry => entry.Value == dead).Select(entry => entry.Key).ToList())
            _directory.Remove(id);
        foreach (var id in _doubles.Where(entry => entry.Value == dead).Select(entry => entry.Key).ToList())
            _doubles.Remove(id);
    }

    public void Duplicate(GrainId target, TimeSpan time)
    {
        if (!_directory.TryGetValue(target, out var home) || _doubles.ContainsKey(target) || PickHost(except: home) is not { } other)
            return;
        counts.DuplicateActivations++;
        trace.Add("double", other.Name, target);
        _doubles[target] = other;
        agenda.Add(time, () =>
        {
            if (_doubles.Remove(target))
                other.Grains?.Find(target)?.Deactivate(new DeactivationReason(DeactivationReasonCode.DuplicateActivation, "The other activation is the registered one."));
        });
    }

    private bool IsInside()
    {
        var inside = Environment.CurrentManagedThreadId == _thread;
        if (!inside)
            Volatile.Write(ref _escape, Environment.StackTrace);
        return inside;
    }

    private SimulatedHost PlaceOf(GrainHost host) => _placeOf[host];

    /// <summary>Null when no host is up that could take it, or the observer's host is gone: nobody answers.</summary>
    private SimulatedHost? Route(GrainHost from, GrainId target)
    {
        if (from.Classes.Find(target.Type) is not { } grainClass)
            return places.Find(place => place.Grains?.Name == GrainHost.HostOfObserver(target));
        if (grainClass.MaxWorkers is not null)
            return PlaceOf(from) is { IsClient: false, Grains: not null } here ? here : PickHost(except: null);
        if (!_directory.TryGetValue(target, out var home))
        {
            if (PickHost(except: null) is not { } picked)
                return null;
            _directory[target] = home = picked;
        }
        if (random.Chance(Faults.DuplicateActivation))
            Duplicate(target, random.UpTo(Faults.LongestDuplication));
        return _doubles.TryGetValue(target, out var second) && random.Next(2) == 0 ? second : home;
    }

    private SimulatedHost? PickHost(SimulatedHost? except)
    {
        var candidates = places.FindAll(place => !place.IsClient && place.Grains is not null && place != except);
        return candidates.Count == 0 ? null : candidates[random.Next(candidates.Count)];
    }

    /// <summary>A message arrives at whatever then runs at the place; at a dead host it is lost.</summary>
    private void Travel(SimulatedHost from, SimulatedHost to, Action<GrainHost> arrive)
    {
        var after = TimeSpan.Zero;
        if (random.Chance(Faults.Reordering))
        {
            counts.Reordered++;
            after = random.UpTo(Faults.LongestDelay);
        }
        else
        {
            if (random.Chance(Faults.Delay))
            {
                counts.Delayed++;
                after = random.UpTo(Faults.LongestDelay);
            }
            after = to.ArrivalInOrder(from, agenda.Elapsed + after) - agenda.Elapsed;
        }
        agenda.Add(after, () =>
        {
            if (to.Grains is { } host)
                arrive(host);
        });
    }
}
