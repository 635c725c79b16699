using System.Runtime.CompilerServices;

namespace Engine.Conformance;

/// <summary>Grains call objects outside, which the host holds weakly.</summary>
public sealed class ObserverTests(EngineFixture engine)
{
    private readonly string _key = Phase.Fresh("subject"), _eye = Phase.Fresh("eye");

    private ISubjectGrain Grain => engine.Grains.GetGrain<ISubjectGrain>(_key);

    [Fact]
    public async Task Observer_SeesWhatTheGrainShows()
    {
        var watcher = new Watcher(_eye);
        var reference = engine.Grains.CreateObjectReference<IWatcher>(watcher);
        await Grain.Show(reference, "light");
        Assert.Equal(["light"], Journal.Of(_eye));
        await Grain.Flash(reference, "flash");
        await Journal.HasAsync(_eye, "flash");
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task FailureOfAnObserver_ReachesTheGrain()
    {
        var watcher = new Watcher(_eye);
        var reference = engine.Grains.CreateObjectReference<IWatcher>(watcher);
        await Assert.ThrowsAsync<BrokenException>(() => Grain.Show(reference, "horror"));
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task DeletedObserver_IsNotCalled()
    {
        var watcher = new Watcher(_eye);
        var reference = engine.Grains.CreateObjectReference<IWatcher>(watcher);
        engine.Grains.DeleteObjectReference<IWatcher>(reference);
        await Grain.Flash(reference, "flash");
        await Grain.Notify("drains what was sent before");
        Assert.Empty(Journal.Of(_eye));
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task AwaitedCallOfADeletedObserver_Fails()
    {
        var watcher = new Watcher(_eye);
        var reference = engine.Grains.CreateObjectReference<IWatcher>(watcher);
        await Grain.Stare(reference, "light");
        engine.Grains.DeleteObjectReference<IWatcher>(reference);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Phase.EndAsync(Grain.Stare(reference, "more"), "the failing call"));
        Assert.Equal(EngineFixture.IsOrleans ? typeof(TimeoutException) : typeof(OrleansMessageRejectionException), failure.GetType());
        Assert.Equal(["light"], Journal.Of(_eye));
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task Manager_DropsAnObserverThatFails()
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
    }

    [Fact]
    public async Task ObjectThatIsNoReference_IsRefusedAsAnArgument() =>
        await Assert.ThrowsAsync<NotSupportedException>(() => Grain.Show(new Watcher(_eye), "light"));

    [Fact]
    public async Task ObserverNobodyHolds_IsCollected()
    {
        var (reference, weak) = Register();
        await Phase.UntilAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Task.FromResult(!weak.IsAlive);
        }, "the observer is collected");
        await Grain.Flash(reference, "light");
        Assert.Empty(Journal.Of(_eye));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (IWatcher Reference, WeakReference Weak) Register()
    {
        var watcher = new Watcher(_eye);
        return (engine.Grains.CreateObjectReference<IWatcher>(watcher), new WeakReference(watcher));
    }
}
