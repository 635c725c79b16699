namespace Dispatch.Runtime;

internal sealed class GrainFactory(GrainHost host) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        var found = host.Classes.Get(typeof(TGrainInterface), grainClassNamePrefix);
        return (TGrainInterface)(object)GrainReference.Create(typeof(TGrainInterface), GrainId.Create(found.GrainType, primaryKey), host);
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)GrainReference.Create(typeof(TGrainInterface), grainId, host);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference or IGrainBase)
            throw new ArgumentException($"{obj.GetType()} is no plain object; use AsReference.", nameof(obj));
        return (TGrainObserverInterface)(object)GrainReference.Create(typeof(TGrainObserverInterface), host.AddObserver(obj), host);
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference reference)
            throw new ArgumentException("Pass the reference that CreateObjectReference returned.", nameof(obj));
        host.RemoveObserver(reference.GrainId);
    }
}
