using System.Collections.Concurrent;
using System.Reflection;

namespace Dispatch.Runtime;

/// <summary>The address of a grain or observer, behind the face of one of its interfaces. Equal by identity.</summary>
public abstract class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>
{
    private static readonly ConcurrentDictionary<Type, GrainReference> Prototypes = new();

    private GrainHost _host = null!;
    private Type _interface = null!;

    public GrainId GrainId { get; private set; }

    public bool Equals(GrainReference? other) => other is not null && GrainId == other.GrainId;

    public sealed override bool Equals(object? obj) => Equals(obj as GrainReference);

    public sealed override int GetHashCode() => GrainId.GetHashCode();

    public sealed override string ToString() => $"{_interface.Name}:{GrainId}";

    internal static GrainReference Create(Type interfaceType, GrainId id, GrainHost host)
    {
        // A copy of a proxy is twenty times cheaper than a new one.
        var prototype = Prototypes.GetOrAdd(interfaceType, static face => (GrainReference)DispatchProxy.Create(face, typeof(Proxy)));
        var reference = (GrainReference)prototype.MemberwiseClone();
        reference._interface = interfaceType;
        reference._host = host;
        reference.GrainId = id;
        return reference;
    }

    internal GrainReference Cast(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : Create(interfaceType, GrainId, _host);

    protected sealed override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        // A reference handed to a grain calls from where that grain is.
        var caller = Activation.Current;
        return GrainMethod.Of(targetMethod!).Send(this, caller?.Host ?? _host, caller, args!);
    }

    /// <summary>The generated proxies derive from it.</summary>
    internal class Proxy : GrainReference;
}
