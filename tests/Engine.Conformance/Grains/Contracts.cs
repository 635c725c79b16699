namespace Engine.Conformance;

/// <summary>Calls that wait at phases, to see what else may run meanwhile.</summary>
public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Notes its beginning, waits at the phase, notes its end.</summary>
    Task Hold(string name, string phase);

    [AlwaysInterleave]
    Task HoldInterleaving(string name, string phase);

    [AlwaysInterleave]
    Task Interleave(string name);

    Task Write(string name);

    /// <summary>Has the other write the numbers from 0 up, without waiting in between.</summary>
    Task WriteManyTo(string other, int count);

    /// <summary>Its caller waits for a second only.</summary>
    [ResponseTimeout("00:00:01")]
    Task WriteSoon(string name);

    /// <summary>Adds one, with suspensions between reading and writing when asked; unguarded on purpose.</summary>
    Task<int> Count(int suspensions);
}

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

    /// <summary>Passes a box to the other, which changes its own; what is in this one's, and in the one returned, afterwards.</summary>
    Task<string> PassBox(string other, string text);

    /// <summary>Changes the box that came, keeps the one it returns, and changes that too later.</summary>
    Task<Box> Change(Box box);

    Task ChangeReturned();

    Task<string?> AmbientThrough(string other);

    Task<string?> Ambient();
}

public interface ILifeGrain : IGrainWithStringKey
{
    Task<string> Note(string text);

    /// <summary>Asks for the end, then holds.</summary>
    Task EndAndHold(string phase);

    Task End();

    Task<string> ActivationId();

    Task<string> KeyAndId();

    Task<bool> OwnReferenceEquals(ILifeGrain other);

    Task<ILifeGrain> Self();

    /// <summary>Passes itself to the other, which calls it by what it got.</summary>
    Task<string> PassItself(string other);

    Task<string> KeyOf(ILifeGrain passed);
}

/// <summary>Its activation fails while the journal has no line "repaired".</summary>
public interface IFragileGrain : IGrainWithStringKey
{
    Task<int> Ask();
}

/// <summary>An activation that is collected soon when it is idle.</summary>
public interface IIdleGrain : IGrainWithStringKey
{
    Task StartTicking(bool keepAlive);
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
