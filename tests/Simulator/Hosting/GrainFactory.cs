using Orleans;
using Orleans.Runtime;

namespace Dispatch.Simulator;

/// <summary>Makes references to grains with string keys, the only ones the product has, and to observers.</summary>
internal sealed class GrainFactory(GrainHost host) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return grainClassNamePrefix is null
            ? (TGrainInterface)(object)host.References.To(typeof(TGrainInterface), primaryKey)
            : throw NotSimulated("a choice among several classes");
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver =>
        (TGrainObserverInterface)(object)host.References.To(typeof(TGrainObserverInterface), host.AddObserver(obj));

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj) where TGrainObserverInterface : IGrainObserver =>
        host.RemoveObserver(((GrainReference)obj).GrainId);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)host.References.To(typeof(TGrainInterface), grainId);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)host.References.To(grainInterfaceType, grainPrimaryKey);

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => throw NotSimulated("Guid keys");

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => throw NotSimulated("integer keys");

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey => throw NotSimulated("compound keys");

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey => throw NotSimulated("compound keys");

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => throw NotSimulated("Guid keys");

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => throw NotSimulated("integer keys");

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) => throw NotSimulated("compound keys");

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) => throw NotSimulated("compound keys");

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey) => throw NotSimulated("untyped references");

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey, string grainClassNamePrefix) =>
        throw NotSimulated("a choice among several classes");

    public IAddressable GetGrain(GrainId grainId) => throw NotSimulated("untyped references");

    public IAddressable GetGrain(GrainId grainId, GrainInterfaceType interfaceType) => throw NotSimulated("untyped references");

    private static NotSupportedException NotSimulated(string what) =>
        new($"The simulator does not offer {what}: add it when a grain needs it.");
}
