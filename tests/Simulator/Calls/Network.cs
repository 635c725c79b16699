using Orleans.Runtime;

namespace Dispatch.Simulator;

/// <summary>Decides from the seed when and whether each message arrives, and on which host a grain lives.</summary>
internal sealed class Network(
    SeededRandom random, Agenda agenda, TurnScheduler scheduler, Trace trace, SimulationCounts counts, List<Machine> machines)
{
    private readonly Dictionary<GrainId, Machine> _directory = [];
    private readonly Dictionary<GrainId, Machine> _doubles = [];
    private readonly Dictionary<GrainId, Machine> _observers = [];
    private readonly Dictionary<GrainHost, Machine> _machineOf = [];

    public SimulationFaults Faults { get; set; } = SimulationFaults.None;

    public Action<string, TimeSpan>? TimedOutListener { get; set; }

    public void Know(GrainHost host, Machine machine) => _machineOf.Add(host, machine);

    public void KnowObserver(GrainId observer, GrainHost host) => _observers[observer] = _machineOf[host];

    public void SendRequest(GrainHost from, Call call)
    {
        if (!scheduler.IsInside())
            return;
        counts.Requests++;
        if (IsLost("request", from, call, Faults.RequestLoss))
        {
            counts.RequestsLost++;
            return;
        }
        call.SentTo = Route(call.Target);
        if (call.SentTo is { } to)
            Travel(_machineOf[from], to, host => host.Deliver(call));
    }

    public void SendReply(Call call)
    {
        if (!scheduler.IsInside())
            return;
        // A refusal comes from where the call is, even when it has no executor yet.
        var from = call.Executor is Activation activation ? activation.Host : call.Origin;
        counts.Replies++;
        if (IsLost("reply", from, call, Faults.ReplyLoss))
        {
            counts.RepliesLost++;
            return;
        }
        Travel(_machineOf[from], _machineOf[call.Origin], host =>
        {
            if (ReferenceEquals(host, call.Origin))
                call.Settle();
        });
    }

    public void SendCancellation(Call call)
    {
        if (scheduler.IsInside() && call.SentTo is { } to && !random.Chance(Faults.RequestLoss))
            Travel(_machineOf[call.Origin], to, _ => call.CancelAtTarget());
    }

    public void TimedOut(Call call)
    {
        counts.TimedOut++;
        TimedOutListener?.Invoke($"{call} of {call.Target}", call.Waited);
    }

    /// <summary>A machine is down: its grains may be placed anew.</summary>
    public void Forget(Machine dead)
    {
        foreach (var id in _directory.Where(entry => entry.Value == dead).Select(entry => entry.Key).ToList())
            _directory.Remove(id);
        foreach (var id in _doubles.Where(entry => entry.Value == dead).Select(entry => entry.Key).ToList())
            _doubles.Remove(id);
    }

    public void Duplicate(GrainId target, TimeSpan time)
    {
        if (!_directory.TryGetValue(target, out var home) || _doubles.ContainsKey(target) || PickMachine(except: home) is not { } other)
            return;
        counts.DuplicateActivations++;
        trace.Add("double", other.Name, target);
        _doubles[target] = other;
        agenda.Add(time, () =>
        {
            if (_doubles.Remove(target))
                other.Host?.Find(target)?.Deactivate(
                    new DeactivationReason(DeactivationReasonCode.DuplicateActivation, "The other activation is the registered one."));
        });
    }

    private bool IsLost(string what, GrainHost from, Call call, double rate)
    {
        trace.Add(what, from.Name, call.Target, call);
        if (!random.Chance(rate))
            return false;
        trace.Add("lost", from.Name, call.Target, call);
        return true;
    }

    /// <summary>Null when no host is up that could take it: it is never answered.</summary>
    private Machine? Route(GrainId target)
    {
        if (_observers.TryGetValue(target, out var observed))
            return observed;
        if (!_directory.TryGetValue(target, out var home))
        {
            if (PickMachine(except: null) is not { } picked)
                return null;
            _directory[target] = home = picked;
        }
        if (random.Chance(Faults.DuplicateActivation))
            Duplicate(target, random.UpTo(Faults.LongestDuplication));
        return _doubles.TryGetValue(target, out var second) && random.Next(2) == 0 ? second : home;
    }

    private Machine? PickMachine(Machine? except)
    {
        var candidates = machines.FindAll(machine => machine is { IsClient: false, Host: not null } && machine != except);
        return candidates.Count == 0 ? null : candidates[random.Next(candidates.Count)];
    }

    /// <summary>A message arrives at the host that then runs on the machine; at one that is down it is lost.</summary>
    private void Travel(Machine from, Machine to, Action<GrainHost> arrive)
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
            if (to.Host is { } host)
                arrive(host);
        });
    }
}
