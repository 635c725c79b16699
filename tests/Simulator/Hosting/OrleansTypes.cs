using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.CodeGeneration;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Activators;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Invocation;
using Orleans.Serialization.Serializers;

namespace Dispatch.Simulator;

/// <summary>
/// What Orleans knows of the loaded types: copiers, generated proxies, names of grains and interfaces. It comes from the services of an
/// Orleans client that is never started, so that values are copied exactly as in production.
/// </summary>
internal static class OrleansTypes
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddOrleansClient(static _ => { }).BuildServiceProvider();
    private static readonly CodecProvider Codecs = Services.GetRequiredService<CodecProvider>();
    private static readonly CopyContextPool Contexts = Services.GetRequiredService<CopyContextPool>();
    private static readonly IActivatorProvider Activators = Services.GetRequiredService<IActivatorProvider>();
    private static readonly GrainTypeResolver GrainTypes = Services.GetRequiredService<GrainTypeResolver>();
    private static readonly GrainInterfaceTypeResolver InterfaceTypes = Services.GetRequiredService<GrainInterfaceTypeResolver>();
    private static readonly TypeManifestOptions Manifest = Services.GetRequiredService<IOptions<TypeManifestOptions>>().Value;
    private static readonly Dictionary<Type, Type> Proxies = FindProxies(Manifest);
    private static readonly ConcurrentDictionary<Type, GrainInterfaceType> InterfaceNames = new();
    private static readonly ConcurrentDictionary<Type, Func<GrainReferenceShared, IdSpan, GrainReference>> Constructors = new();

    public static DeepCopier<Response> ResponseCopier { get; } = Services.GetRequiredService<DeepCopier<Response>>();

    public static GrainType GrainTypeOf(Type grainClass) => GrainTypes.GetGrainType(grainClass);

    /// <summary>A state that nothing has set, as a storage provider leaves it where there is no record.</summary>
    public static T NewState<T>() => StateActivator<T>.Instance.Create();

    /// <summary>What all references to grains of one type by one interface have in common.</summary>
    public static GrainReferenceShared Share(GrainType grainType, Type interfaceType, IGrainReferenceRuntime runtime) => new(
        grainType, InterfaceNames.GetOrAdd(interfaceType, InterfaceTypes.GetGrainInterfaceType), interfaceVersion: 0,
        runtime, InvokeMethodOptions.None, Codecs, Contexts, Services);

    /// <summary>Makes references of the generated proxy class of an interface.</summary>
    /// <exception cref="ArgumentException">The code generator has made no proxy for it.</exception>
    public static Func<GrainReferenceShared, IdSpan, GrainReference> ProxyConstructor(Type interfaceType) =>
        Constructors.GetOrAdd(interfaceType, CompileConstructor);

    private static Func<GrainReferenceShared, IdSpan, GrainReference> CompileConstructor(Type wanted)
    {
        if (!Proxies.TryGetValue(wanted, out var proxy))
            throw new ArgumentException($"Orleans has generated no proxy for {wanted}: does its project refer to Microsoft.Orleans.Sdk?");
        var (shared, key) = (Expression.Parameter(typeof(GrainReferenceShared)), Expression.Parameter(typeof(IdSpan)));
        var constructor = proxy.GetConstructor([typeof(GrainReferenceShared), typeof(IdSpan)])!;
        var create = Expression.New(constructor, shared, key);
        return Expression.Lambda<Func<GrainReferenceShared, IdSpan, GrainReference>>(create, shared, key).Compile();
    }

    private static Dictionary<Type, Type> FindProxies(TypeManifestOptions manifest)
    {
        Dictionary<Type, Type> found = [];
        foreach (var proxy in manifest.InterfaceProxies)
        {
            var faces = proxy.GetInterfaces().Where(face => typeof(IAddressable).IsAssignableFrom(face)).ToList();
            // The interface it was generated for is the one that all others are bases of.
            if (faces.Find(face => faces.TrueForAll(other => other.IsAssignableFrom(face))) is { } main)
                found[main] = proxy;
        }
        return found;
    }

    private static class StateActivator<T>
    {
        public static readonly IActivator<T> Instance = Activators.GetActivator<T>();
    }
}
