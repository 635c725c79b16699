using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Simulator;

/// <summary>The grain classes of a simulation, by interface and by type.</summary>
internal sealed class GrainClasses
{
    /// <summary>
    /// A simulation starts hundreds of hosts: reflection and compiled constructors are kept for as long as the process lives.
    /// </summary>
    private static readonly ConcurrentDictionary<Assembly, Found[]> Known = new();

    private readonly Dictionary<GrainType, Found> _byType = [];
    private readonly Dictionary<Type, Found?> _byInterface = [];

    /// <summary>Made with its first use, so that an assembly may also hold classes that cannot be simulated.</summary>
    private sealed record Found(Type Type, GrainType GrainType, Lazy<GrainClass> Class);

    public GrainClasses(IEnumerable<Assembly> assemblies)
    {
        foreach (var found in assemblies.SelectMany(assembly => Known.GetOrAdd(assembly, Find)))
        {
            _byType.Add(found.GrainType, found);
            foreach (var face in found.Type.GetInterfaces().Where(face => typeof(IGrain).IsAssignableFrom(face)))
                _byInterface[face] = _byInterface.ContainsKey(face) ? null : found;
        }
    }

    public GrainClass? Find(GrainType type) => _byType.TryGetValue(type, out var found) ? found.Class.Value : null;

    /// <exception cref="ArgumentException">No class implements the interface, or several do.</exception>
    /// <exception cref="NotSupportedException">The class relies on something that the simulator does not offer.</exception>
    public GrainClass Get(Type interfaceType) => _byInterface.GetValueOrDefault(interfaceType)?.Class.Value
        ?? throw new ArgumentException($"Exactly one grain class must implement {interfaceType}, in an assembly given to the simulation.");

    private static Found[] Find(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IGrain).IsAssignableFrom(type))
            .Where(type => !typeof(GrainReference).IsAssignableFrom(type))
            .Select(type => new Found(type, OrleansTypes.GrainTypeOf(type), new Lazy<GrainClass>(() => new GrainClass(type)))),
    ];
}
