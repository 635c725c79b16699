namespace Engine.Conformance;

public sealed class ObserversOnOrleans(OrleansEngine engine) : ObserverRules(engine);

public sealed class ObserversSimulated() : ObserverRules(new SimulatedEngine());

/// <summary>Grains call objects outside.</summary>
public abstract class ObserverRules(TestEngine engine)
{
    private readonly string _key = Phase.Fresh("subject"), _eye = Phase.Fresh("eye");

    private ISubjectGrain Grain => engine.Grains.GetGrain<ISubjectGrain>(_key);

    [Fact]
    public Task Observer_SeesWhatTheGrainShows() => engine.Run(async () =>
    {
        var watcher = new Watcher(_eye);
        var reference = engine.Grains.CreateObjectReference<IWatcher>(watcher);
        await Grain.Show(reference, "light");
        Assert.Equal(["light"], Journal.Of(_eye));
        await Grain.Flash(reference, "flash");
        await engine.HasLine(_eye, "flash");
        GC.KeepAlive(watcher);
    });

    [Fact]
    public Task FailureOfAnObserver_ReachesTheGrain() => engine.Run(async () =>
    {
        var watcher = new Watcher(_eye);
        var reference = engine.Grains.CreateObjectReference<IWatcher>(watcher);
        await Assert.ThrowsAsync<BrokenException>(() => Grain.Show(reference, "horror"));
        GC.KeepAlive(watcher);
    });

    [Fact]
    public Task DeletedObserver_IsNotCalled() => engine.Run(async () =>
    {
        var watcher = new Watcher(_eye);
        var reference = engine.Grains.CreateObjectReference<IWatcher>(watcher);
        engine.Grains.DeleteObjectReference<IWatcher>(reference);
        await Grain.Flash(reference, "flash");
        await Grain.Notify("drains what was sent before");
        Assert.Empty(Journal.Of(_eye));
        GC.KeepAlive(watcher);
    });

    [Fact]
    public Task AwaitedCallOfADeletedObserver_IsNeverAnswered() => engine.Run(async () =>
    {
        var watcher = new Watcher(_eye);
        var reference = engine.Grains.CreateObjectReference<IWatcher>(watcher);
        await Grain.Stare(reference, "light");
        engine.Grains.DeleteObjectReference<IWatcher>(reference);
        await Assert.ThrowsAsync<TimeoutException>(() => Grain.Stare(reference, "more"));
        Assert.Equal(["light"], Journal.Of(_eye));
        GC.KeepAlive(watcher);
    });

    [Fact]
    public Task Manager_DropsAnObserverThatFails() => engine.Run(async () =>
    {
        var watcher = new Watcher(_eye);
        var other = new Watcher(_eye + "2");
        await Grain.Subscribe(engine.Grains.CreateObjectReference<IWatcher>(watcher));
        await Grain.Subscribe(engine.Grains.CreateObjectReference<IWatcher>(other));
        Assert.Equal(2, await Grain.Notify("light"));
        Assert.Equal(0, await Grain.Notify("horror"));
        Assert.Equal(["light", "horror"], Journal.Of(_eye));
        GC.KeepAlive(watcher);
        GC.KeepAlive(other);
    });

    [Fact]
    public Task ObjectThatIsNoReference_IsRefusedAsAnArgument() => engine.Run(async () =>
        await Assert.ThrowsAsync<NotSupportedException>(() => Grain.Show(new Watcher(_eye), "light")));
}
