using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Simulator;

/// <summary>The grain classes of a simulation, by interface and by type.</summary>
internal sealed class GrainClasses
{
    /// <summary>A simulation starts hundreds of hosts: reflection and compiled constructors are kept for as long as the process lives.</summary>
    private static readonly ConcurrentDictionary<Assembly, GrainClass[]> Known = new();

    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly Dictionary<Type, GrainClass?> _byInterface = [];

    public GrainClasses(IEnumerable<Assembly> assemblies)
    {
        foreach (var found in assemblies.Distinct().SelectMany(assembly => Known.GetOrAdd(assembly, Find)))
        {
            _byType.Add(found.GrainType, found);
            foreach (var face in found.Interfaces)
                _byInterface[face] = _byInterface.ContainsKey(face) ? null : found;
        }
    }

    public GrainClass? Find(GrainType type) => _byType.GetValueOrDefault(type);

    /// <exception cref="ArgumentException">No class implements the interface, or several do.</exception>
    public GrainClass Get(Type interfaceType) => _byInterface.GetValueOrDefault(interfaceType)
        ?? throw new ArgumentException($"Exactly one grain class must implement {interfaceType}, in an assembly that the simulation was given.");

    private static GrainClass[] Find(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IGrain).IsAssignableFrom(type) && !typeof(GrainReference).IsAssignableFrom(type))
            .Select(type => new GrainClass(type)),
    ];
}
