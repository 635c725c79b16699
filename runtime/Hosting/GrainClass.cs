using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Runtime;

/// <summary>What the host knows of a grain class, worked out once.</summary>
internal sealed class GrainClass
{
    private static readonly MethodInfo AddState = typeof(Activation).GetMethod(nameof(Activation.AddState))!;

    private readonly Func<object?[], object> _construct;
    private readonly Func<Activation, object?>[] _arguments;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? ConventionalName(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        NeverCollected = type.IsDefined(typeof(KeepAliveAttribute), inherit: true);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers;
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .MaxBy(candidate => candidate.GetParameters().Length)!;
        _arguments = [.. constructor.GetParameters().Select(ArgumentSource)];
        _construct = Compile(constructor);
    }

    public Type Type { get; }
    public GrainType GrainType { get; }
    public bool IsReentrant { get; }
    public bool NeverCollected { get; }

    /// <summary>Null when the class is no stateless worker; negative for one per processor.</summary>
    public int? MaxWorkers { get; }

    public object Create(Activation activation) => _construct(Array.ConvertAll(_arguments, source => source(activation)));

    private static string ConventionalName(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }

    private static Func<Activation, object?> ArgumentSource(ParameterInfo parameter)
    {
        var wanted = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            if (!wanted.IsGenericType || wanted.GetGenericTypeDefinition() != typeof(IPersistentState<>))
                throw new ArgumentException($"{parameter.Member.DeclaringType}: '{parameter.Name}' must be an IPersistentState<T>.");
            var name = string.IsNullOrEmpty(state.StateName) ? parameter.Name! : state.StateName;
            var add = AddState.MakeGenericMethod(wanted.GenericTypeArguments).CreateDelegate<Func<Activation, string, string?, object>>();
            return activation => add(activation, name, state.StorageName);
        }
        if (wanted == typeof(IGrainContext))
            return activation => activation;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return activation => activation.ActivationServices.GetRequiredKeyedService(wanted, keyed.Key);
        return parameter.HasDefaultValue
            ? activation => activation.ActivationServices.GetService(wanted) ?? parameter.DefaultValue
            : activation => activation.ActivationServices.GetRequiredService(wanted);
    }

    private static Func<object?[], object> Compile(ConstructorInfo constructor)
    {
        var arguments = Expression.Parameter(typeof(object?[]));
        var body = Expression.New(constructor, constructor.GetParameters().Select(parameter =>
            Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(parameter.Position)), parameter.ParameterType)));
        return Expression.Lambda<Func<object?[], object>>(Expression.Convert(body, typeof(object)), arguments).Compile();
    }
}

/// <summary>The grain classes of a host, by interface and by type.</summary>
internal sealed class GrainClasses
{
    /// <summary>What reflection and the expression compiler found in an assembly holds for as long as it is loaded, and a simulation starts thousands of hosts.</summary>
    private static readonly ConcurrentDictionary<Assembly, GrainClass[]> Known = new();

    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly Dictionary<Type, List<GrainClass>> _byInterface = [];

    public GrainClasses(IEnumerable<Assembly> assemblies)
    {
        foreach (var found in assemblies.Distinct().SelectMany(assembly => Known.GetOrAdd(assembly, Find)))
        {
            var type = found.Type;
            if (!_byType.TryAdd(found.GrainType, found))
                throw new ArgumentException($"{type} and {_byType[found.GrainType].Type} are both of grain type '{found.GrainType}': rename one, or give it a [GrainType].");
            foreach (var face in type.GetInterfaces().Where(face => typeof(IAddressable).IsAssignableFrom(face)))
                (_byInterface.TryGetValue(face, out var list) ? list : _byInterface[face] = []).Add(found);
        }
    }

    private static GrainClass[] Find(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && typeof(IGrain).IsAssignableFrom(type)
                && !typeof(GrainReference).IsAssignableFrom(type))
            .Select(type => new GrainClass(type)),
    ];

    public GrainClass? Find(GrainType type) => _byType.GetValueOrDefault(type);

    /// <exception cref="ArgumentException">No class, or more than one, fits.</exception>
    public GrainClass Get(Type interfaceType, string? classNamePrefix)
    {
        if (!_byInterface.TryGetValue(interfaceType, out var candidates))
            throw new ArgumentException($"No grain class implements {interfaceType}: is its assembly among the host's GrainAssemblies?");
        if (!string.IsNullOrEmpty(classNamePrefix))
            candidates = candidates.FindAll(candidate => candidate.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal)
                || candidate.Type.Name.StartsWith(classNamePrefix, StringComparison.Ordinal));
        return candidates.Count == 1 ? candidates[0]
            : throw new ArgumentException($"{candidates.Count} grain classes implement {interfaceType} with prefix '{classNamePrefix}'; exactly one must.");
    }
}
