namespace Engine.Conformance;

/// <summary>Where the rules are tried: on real Orleans, or in the simulator. One set of tests describes both.</summary>
public abstract class TestEngine
{
    /// <summary>A caller outside the hosts.</summary>
    public abstract IGrainFactory Grains { get; }

    public abstract RiggedStore Store { get; }

    /// <summary>Runs a scenario to its end. It awaits nothing but grains, phases and <see cref="Until(Func{bool}, string)"/>.</summary>
    public abstract Task Run(Func<Task> scenario);

    /// <summary>Stops the hosts in good order.</summary>
    public abstract Task StopAsync();

    /// <summary>Waits until it is so.</summary>
    public Task Until(Func<bool> condition, string what) => Until(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="Until(Func{bool}, string)"/>
    public async Task Until(Func<Task<bool>> condition, string what)
    {
        var start = Clock.GetTimestamp();
        while (!await condition())
        {
            if (Clock.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"'{what}' has not come about.");
            await GiveWay();
        }
    }

    /// <summary>Waits until the grain has written this line into its journal.</summary>
    public Task HasLine(string key, string line) => Until(() => Journal.Of(key).Contains(line), $"{key}: {line}");

    protected abstract TimeProvider Clock { get; }

    protected abstract TimeSpan Patience { get; }

    /// <summary>Lets grains run and time pass before the next look.</summary>
    protected abstract Task GiveWay();
}
