namespace Dispatch.Runtime;

/// <summary>Makes references. A reference is cheap, needs no activation, and is equal to another of the same grain.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain of that key; the grain itself is activated by its first call.</summary>
    /// <param name="primaryKey">Not empty.</param>
    /// <param name="grainClassNamePrefix">Chooses among several classes of one interface by the start of the class name.</param>
    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>A reference by full identity, for instance one read back from a stored <see cref="GrainId"/>.</summary>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable;

    /// <summary>
    /// Makes an object callable by grains. The object is held weakly; calls to a collected or deleted one fail
    /// (or vanish, when one-way).
    /// </summary>
    TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;

    /// <summary>Ends a reference made by <see cref="CreateObjectReference{T}"/>; unknown references are ignored.</summary>
    void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;
}
