namespace Engine.Conformance;

/// <summary>Calls that wait at phases, to see what else may run meanwhile.</summary>
public interface ITurns : IGrainWithStringKey
{
    /// <summary>Notes its beginning, waits at the phase, notes its end.</summary>
    Task Hold(string name, string phase);

    [AlwaysInterleave]
    Task Interleave(string name);

    [ReadOnly]
    Task HoldReading(string name, string phase);

    [ReadOnly]
    Task Read(string name);

    Task Write(string name);

    /// <summary>Adds one, with suspensions between reading and writing when asked; unguarded on purpose.</summary>
    Task<int> Count(int suspensions);

    Task<int> Total();

    ValueTask<string> Describe(int number, string text);

    ValueTask Touch();
}

public interface ITurnGrain : ITurns;

/// <summary>The same calls on a reentrant class.</summary>
public interface IReentrantGrain : ITurns;

public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>Calls the other, which calls back.</summary>
    [ResponseTimeout("00:00:01")]
    Task CallAround(string other);

    [ResponseTimeout("00:00:01")]
    Task CallBack(string first);

    Task<string> Answer();

    Task Throw(string message);

    Task ThrowAtOnce(string message);

    Task ThrowThrough(string other, string message);

    Task Cancelled();

    [OneWay]
    Task Tell(string phase, bool fail);
}

public interface ILifeGrain : IGrainWithStringKey
{
    Task<string> Note(string text);

    /// <summary>Asks for the end, then holds.</summary>
    Task EndAndHold(string phase);

    Task End();

    Task<string> ActivationId();

    /// <summary>How the last activation of this key ended.</summary>
    Task<string> KeyAndId();

    Task<bool> OwnReferenceEquals(ILifeGrain other);

    Task<ILifeGrain> Self();

    /// <summary>Returns itself, not a reference.</summary>
    Task<ILifeGrain> Bare();

    /// <summary>Passes itself to the other, which calls it by what it got.</summary>
    Task<string> PassItself(string other);

    Task<string> KeyOf(ILifeGrain passed);
}

/// <summary>Its activation fails while the journal has no line "repaired".</summary>
public interface IFragileGrain : IGrainWithStringKey
{
    Task<int> Ask();
}

public interface IStoredGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    /// <summary>Adds in memory and writes; hides a failure and tells the text of it.</summary>
    Task<string?> AddHidingFailure(int amount);

    Task<int> Value();

    Task<bool> Exists();

    Task Clear();

    Task<string> ActivationId();

    Task End();

    /// <summary>Has the other write, whose conflict passes through this one.</summary>
    Task AddThrough(string other, int amount);

    /// <summary>Two writes asked for without waiting in between.</summary>
    Task AddTwiceAtOnce();
}

public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Ticks every few milliseconds; each tick waits at the phase.</summary>
    Task StartHolding(string phase, bool interleave);

    Task StartFailing();

    /// <summary>One tick only.</summary>
    Task StartOnce();

    Task Hold(string phase);

    Task End();

    Task Stop();

    /// <summary>Due never, until changed.</summary>
    Task StartNever();

    Task ChangeToNow();
}

public interface IReminderGrain : IGrainWithStringKey
{
    Task Register(TimeSpan period);

    Task<bool> IsRegistered();

    Task Unregister();
}

public interface IWatcher : IGrainObserver
{
    Task Saw(string what);

    [OneWay]
    Task Glimpsed(string what);

    [ResponseTimeout("00:00:01")]
    Task Stared(string what);
}

public interface ISubjectGrain : IGrainWithStringKey
{
    Task Show(IWatcher watcher, string what);

    Task Flash(IWatcher watcher, string what);

    Task Stare(IWatcher watcher, string what);

    Task Subscribe(IWatcher watcher);

    /// <summary>How many observers are left after it.</summary>
    Task<int> Notify(string what);
}

public interface ICancelGrain : IGrainWithStringKey
{
    /// <summary>Waits for the token and notes that it came.</summary>
    Task Wait(string phase, CancellationToken cancellation);

    Task<bool> IsCancelled(CancellationToken cancellation);
}

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<string> Echo(string text);

    Task<string> EchoThrough(string other, string text);
}

public interface IContextGrain : IGrainWithStringKey
{
    Task<string?> Get(string key);

    Task<string?> GetThrough(string other, string key);

    /// <summary>Sets in its synchronous part.</summary>
    Task Set(string key, string value);

    Task<string?> Ambient();
}

public interface IWorkerGrain : IGrainWithStringKey
{
    Task<string> Work(string phase);
}
