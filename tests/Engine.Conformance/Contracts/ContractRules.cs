using System.Collections.Immutable;
using System.Reflection;

namespace Engine.Conformance.Contracts;

/// <summary>
/// What may cross a grain call: values that nobody can change, with a wire name and wire numbers of their own. Neither
/// engine then needs to copy, and what works in one process works between two.
/// </summary>
public sealed class ContractRules
{
    private static readonly HashSet<Type> Plain =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Uri), typeof(Version), typeof(CancellationToken), typeof(GrainId),
    ];

    private static readonly HashSet<Type> Containers =
    [
        typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableSortedSet<>),
        typeof(ImmutableSortedDictionary<,>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>),
        typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>),
    ];

    private readonly HashSet<Type> _seen = [];
    private readonly List<string> _complaints = [];
    private readonly Dictionary<string, Type> _aliases = [];
    private readonly Assembly[] _homes;

    private ContractRules(IEnumerable<Assembly> homes) => _homes = [.. homes];

    /// <summary>Complaints about everything reachable from the signatures of these interfaces; empty when all is well.</summary>
    /// <param name="homes">Where subclasses of abstract types are looked for.</param>
    public static IReadOnlyList<string> Check(IEnumerable<Type> interfaces, params Assembly[] homes)
    {
        var rules = new ContractRules(homes);
        foreach (var grain in interfaces)
            foreach (var method in grain.GetMethods())
            {
                var where = $"{grain.Name}.{method.Name}";
                foreach (var parameter in method.GetParameters())
                    rules.Visit(parameter.ParameterType, where);
                rules.VisitReturned(method.ReturnType, where);
            }
        return rules._complaints;
    }

    public static IEnumerable<Type> GrainInterfacesOf(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    private void VisitReturned(Type type, string where)
    {
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            Visit(type.GenericTypeArguments[0], where);
        else if (type != typeof(Task) && type != typeof(ValueTask) && type != typeof(void))
            Complain(where, type, "is no Task or ValueTask");
    }

    private void Visit(Type type, string where)
    {
        if (type.IsGenericParameter || type.IsPrimitive || type.IsEnum || Plain.Contains(type) || typeof(IAddressable).IsAssignableFrom(type))
            return;
        if (type.IsArray)
        {
            Complain(where, type, "is an array, which anybody can change");
            return;
        }
        foreach (var argument in type.GenericTypeArguments)
            Visit(argument, where);
        if (type.IsGenericType && Containers.Contains(type.GetGenericTypeDefinition()))
            return;
        if (type.IsInterface || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true || typeof(Delegate).IsAssignableFrom(type))
        {
            Complain(where, type, "is not known to be immutable");
            return;
        }

        if (!_seen.Add(type))
            return;
        var derived = _homes.SelectMany(home => home.GetTypes()).Where(candidate => candidate.BaseType is { } parent && Definition(parent) == Definition(type)).ToList();
        if (type.IsAbstract && derived.Count == 0)
            Complain(where, type, "is abstract and nothing known derives from it");
        CheckType(type, where);
        foreach (var subtype in derived)
            Visit(subtype, $"{where} > {type.Name}");
    }

    private void CheckType(Type type, string where)
    {
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            Complain(where, type, "lacks [GenerateSerializer]");
        var aliases = type.GetCustomAttributes<AliasAttribute>(inherit: false).ToList();
        if (aliases.Count == 0)
            Complain(where, type, "lacks [Alias]");
        foreach (var alias in aliases)
            if (!_aliases.TryAdd(alias.Alias, Definition(type)) && _aliases[alias.Alias] != Definition(type))
                Complain(where, type, $"has the alias '{alias.Alias}' of {_aliases[alias.Alias].Name}");

        var numbers = new HashSet<uint>();
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        {
            var property = field.Name.StartsWith('<') ? type.GetProperty(field.Name[1..field.Name.IndexOf('>')], BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) : null;
            var member = property ?? (MemberInfo)field;
            if (!field.IsInitOnly)
                Complain(where, type, $"can be changed: {member.Name} is neither readonly nor init");
            if (!field.IsDefined(typeof(NonSerializedAttribute)))
            {
                if (member.GetCustomAttribute<IdAttribute>() is not { } id)
                    Complain(where, type, $"lacks [Id] on {member.Name}");
                else if (!numbers.Add(id.Id))
                    Complain(where, type, $"uses [Id({id.Id})] twice");
            }
            Visit(field.FieldType, $"{where} > {type.Name}.{member.Name}");
        }
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
            Visit(parent, where);
    }

    private void Complain(string where, Type type, string what) => _complaints.Add($"{where}: {type.Name} {what}");

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
