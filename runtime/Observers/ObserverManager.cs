using System.Collections;
using Microsoft.Extensions.Logging;

namespace Dispatch.Runtime;

/// <summary>
/// The observers a grain notifies, each renewed by subscribing again. One that is not renewed within
/// <see cref="ExpirationDuration"/>, or that fails when notified, is dropped. For use inside a grain only.
/// </summary>
public class ObserverManager<TIdentity, TObserver>(TimeSpan expiration, ILogger log) : IEnumerable<TObserver>
    where TIdentity : notnull
{
    private readonly Dictionary<TIdentity, (TObserver Observer, DateTime LastSeen)> _observers = [];

    public TimeSpan ExpirationDuration { get; set; } = expiration;

    /// <summary>The clock, UTC. Set it from the grain's <see cref="TimeProvider"/>.</summary>
    public Func<DateTime> GetDateTime { get; set; } = static () => DateTime.UtcNow;

    public int Count => _observers.Count;

    public IReadOnlyDictionary<TIdentity, TObserver> Observers => _observers.ToDictionary(pair => pair.Key, pair => pair.Value.Observer);

    public void Subscribe(TIdentity id, TObserver observer) => _observers[id] = (observer, GetDateTime());

    public void Unsubscribe(TIdentity id) => _observers.Remove(id);

    public void Clear() => _observers.Clear();

    public void ClearExpired() => Live();

    /// <summary>Calls every live observer in the order subscribed; those that throw are dropped.</summary>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Live())
        {
            if (predicate?.Invoke(observer) == false)
                continue;
            try
            {
                notification(observer);
            }
            catch (Exception failure)
            {
                Drop(id, failure);
            }
        }
    }

    /// <inheritdoc cref="Notify(Action{TObserver}, Func{TObserver, bool}?)"/>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Live())
        {
            if (predicate?.Invoke(observer) == false)
                continue;
            try
            {
                await notification(observer);
            }
            catch (Exception failure)
            {
                Drop(id, failure);
            }
        }
    }

    public IEnumerator<TObserver> GetEnumerator() => _observers.Values.Select(entry => entry.Observer).ToList().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A copy, so that observers may come and go while it is walked.</summary>
    private List<(TIdentity Id, TObserver Observer)> Live()
    {
        var now = GetDateTime();
        var live = new List<(TIdentity, TObserver)>(_observers.Count);
        List<TIdentity>? expired = null;
        foreach (var (id, entry) in _observers)
        {
            if (entry.LastSeen + ExpirationDuration < now)
                (expired ??= []).Add(id);
            else
                live.Add((id, entry.Observer));
        }
        foreach (var id in expired ?? [])
            _observers.Remove(id);
        return live;
    }

    private void Drop(TIdentity id, Exception failure)
    {
        _observers.Remove(id);
        log.LogDebug(failure, "Observer {Observer} failed and was dropped.", id);
    }
}

/// <inheritdoc/>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log) : ObserverManager<IAddressable, TObserver>(expiration, log);
