using Orleans.Runtime;

namespace Dispatch.Simulator;

/// <summary>
/// Operations on systems outside all hosts, such as a database: each takes a while, goes on when its caller dies, and may fail with or
/// without having had its effect.
/// </summary>
internal sealed class ExternalOperations(SeededRandom random, Agenda agenda, Trace trace, SimulationCounts counts, Network network)
{
    private long _powerLosses;
    private TimeSpan _awayUntil;

    private SimulationFaults Faults => network.Faults;

    public void After(TimeSpan time, Action action) => agenda.Add(time, action);

    /// <summary>What is under way does not happen.</summary>
    public void LosePower() => _powerLosses++;

    public Task<T> Read<T>(string what, GrainId of, Func<T> effect)
    {
        counts.Reads++;
        var failed = random.Chance(Faults.ReadFailed) || agenda.Elapsed < _awayUntil;
        if (failed)
            counts.ReadsFailed++;
        return Run(what, of, effect, refused: failed, unacknowledged: false);
    }

    public Task<T> Write<T>(string what, GrainId of, Func<T> effect)
    {
        counts.Writes++;
        if (random.Chance(Faults.StorageOutage))
        {
            counts.StorageOutages++;
            _awayUntil = agenda.Elapsed + random.UpTo(Faults.LongestStorageOutage);
            trace.Add("away", "", detail: what);
        }
        var refused = random.Chance(Faults.WriteRefused) || agenda.Elapsed < _awayUntil;
        var unacknowledged = !refused && random.Chance(Faults.AcknowledgementLost);
        if (refused)
            counts.WritesRefused++;
        if (unacknowledged)
            counts.AcknowledgementsLost++;
        return Run(what, of, effect, refused, unacknowledged);
    }

    private Task<T> Run<T>(string what, GrainId of, Func<T> effect, bool refused, bool unacknowledged)
    {
        var promise = new TaskCompletionSource<T>();
        var power = _powerLosses;
        After(random.UpTo(Faults.LongestStorageTime), () =>
        {
            if (power != _powerLosses)
            {
                // A caller on a host is gone too; a client sees its connection break.
                promise.SetException(new IOException($"Simulated: the power failed during {what}, which has not happened."));
                return;
            }
            trace.Add(refused ? "refused" : unacknowledged ? "unheard" : "external", "", of, what);
            try
            {
                if (refused)
                    throw new IOException($"Simulated: {what} failed and has not happened.");
                var result = effect();
                if (unacknowledged)
                    throw new IOException($"Simulated: {what} happened, but its acknowledgement was lost.");
                After(random.UpTo(Faults.LongestStorageTime), () => promise.SetResult(result));
            }
            catch (Exception failure)
            {
                After(random.UpTo(Faults.LongestStorageTime), () => promise.SetException(failure));
            }
        });
        return promise.Task;
    }
}
