using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dispatch.Simulator;

/// <summary>How hosts and activations start, stop and die.</summary>
public sealed partial class Simulation
{
    /// <summary>No grain lives on a client, so it needs next to nothing.</summary>
    private static readonly ServiceProvider ClientServices = new ServiceCollection().AddLogging().BuildServiceProvider();

    /// <summary>Kills a host between two turns. It starts again by itself after the outage.</summary>
    public void CrashHost(int host, TimeSpan outage)
    {
        var machine = _machines[host];
        if (machine.Host is not { } dying)
            return;
        Counts.HostCrashes++;
        _trace.Add("crash", dying.Name);
        machine.Crash();
        Storage.HostDied(dying);
        _network.Forget(machine);
        After(outage, () => Start(machine));
    }

    /// <summary>
    /// The power fails between two turns: every host dies, no storage operation under way takes place, and what the store had not synced
    /// is gone.
    /// </summary>
    public void LosePower(TimeSpan outage)
    {
        Counts.PowerLosses++;
        _external.LosePower();
        _trace.Add("dark", "");
        for (var host = 0; host < _options.Hosts; host++)
            CrashHost(host, _random.UpTo(outage));
        Storage.LosePower();
    }

    /// <summary>Stops a host in good order: its grains are deactivated, then it is gone for the outage.</summary>
    public Task StopHost(int host, TimeSpan outage) => Begin(async () =>
    {
        var machine = _machines[host];
        if (machine.Host is not { } stopping)
            return;
        _trace.Add("stop", stopping.Name);
        await stopping.StopAsync();
        if (machine.Host != stopping)
            return;
        machine.Crash();
        _network.Forget(machine);
        After(outage, () => Start(machine));
    });

    /// <summary>
    /// Makes the grain live on two hosts for that long, with calls reaching either; no effect while fewer than two are up.
    /// </summary>
    public void Duplicate(GrainId grain, TimeSpan time) => _network.Duplicate(grain, time);

    /// <summary>Kills every activation of the grain between two turns.</summary>
    public void CrashActivations(GrainId grain)
    {
        foreach (var machine in _machines)
            if (machine.Host?.Find(grain) is { } activation)
                Kill(activation);
    }

    /// <summary>Whether a fault takes the place of this turn.</summary>
    private bool Strikes(Activation activation)
    {
        if (_random.Chance(Faults.HostCrash) && _machines.FindIndex(machine => machine.Host == activation.Host) is >= 0 and var machine)
        {
            CrashHost(machine, _random.UpTo(Faults.LongestOutage));
            return true;
        }
        if (_random.Chance(Faults.PowerLoss))
        {
            LosePower(Faults.LongestOutage);
            return true;
        }
        if (_random.Chance(Faults.ActivationCrash))
        {
            Kill(activation);
            return true;
        }
        return false;
    }

    private void Kill(Activation activation)
    {
        Counts.ActivationCrashes++;
        _trace.Add("die", activation.Host.Name, activation.GrainId);
        activation.Host.Forget(activation);
        activation.Crash();
    }

    private void Start(Machine machine)
    {
        var skew = machine.IsClient || Faults.ClockSkew <= TimeSpan.Zero ? TimeSpan.Zero
            : _random.UpTo(Faults.ClockSkew + Faults.ClockSkew) - Faults.ClockSkew;
        if (skew != TimeSpan.Zero)
            Counts.ClocksSkewed++;
        var clock = new VirtualClock(_agenda, skew);
        var services = machine.IsClient ? ClientServices : ServicesOf(machine, clock);
        var host = new GrainHost(machine.NextName(), services, _options, _classes, _scheduler, _network, clock);
        machine.Start(host);
        _network.Know(host, machine);
        _trace.Add("start", host.Name);
        if (!machine.IsClient)
            HostStarted?.Invoke();
    }

    private ServiceProvider ServicesOf(Machine machine, TimeProvider clock)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton(clock);
        collection.AddSingleton<IGrainFactory>(_ => machine.Host!.Factory);
        collection.AddSingleton<IGrainRuntime>(_ => machine.Host!.Runtime);
        collection.TryAddKeyedSingleton<IGrainStorage>(KeyedService.AnyKey, (_, _) => Storage);
        _configure(collection);
        var services = collection.BuildServiceProvider();
        _services.Add(services);
        return services;
    }
}
