using Microsoft.Extensions.Logging.Abstractions;

namespace Engine.Conformance;

public sealed class SubjectGrain(IGrainContext context) : Grain(context), ISubjectGrain
{
    private readonly ObserverManager<IWatcher> _watchers = new(TimeSpan.FromHours(1), NullLogger.Instance);

    public Task Show(IWatcher watcher, string what) => watcher.Saw(what);

    public Task Flash(IWatcher watcher, string what) => watcher.Glimpsed(what);

    public Task Stare(IWatcher watcher, string what) => watcher.Stared(what);

    public Task Subscribe(IWatcher watcher)
    {
        _watchers.Subscribe(watcher, watcher);
        return Task.CompletedTask;
    }

    public async Task<int> Notify(string what)
    {
        await _watchers.Notify(watcher => watcher.Saw(what));
        return _watchers.Count;
    }
}

/// <summary>An observer that notes what it saw under a key.</summary>
public sealed class Watcher(string key) : IWatcher
{
    public Task Saw(string what)
    {
        Journal.Add(key, what);
        return what == "horror" ? throw new BrokenException("closed its eyes") : Task.CompletedTask;
    }

    public Task Glimpsed(string what) => Saw(what);

    public Task Stared(string what) => Saw(what);
}
