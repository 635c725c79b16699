using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Dispatch.Simulator;

/// <summary>A grain class as its hosts need it, worked out once a process.</summary>
internal sealed class GrainClass
{
    private static readonly MethodInfo AddState = typeof(Activation).GetMethod(nameof(Activation.AddState))!;

    private readonly Func<object?[], object> _construct;
    private readonly Func<Activation, object?>[] _arguments;

    /// <exception cref="NotSupportedException">The class relies on something that the simulator does not offer.</exception>
    public GrainClass(Type type)
    {
        ThrowIfNotSimulated(type);
        Type = type;
        GrainType = OrleansTypes.GrainTypeOf(type);
        var key = typeof(IGrainWithStringKey);
        Interfaces = [.. type.GetInterfaces().Where(face => face != key && key.IsAssignableFrom(face))];
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        _arguments = [.. constructor.GetParameters().Select(ArgumentSource)];
        _construct = Compile(constructor);
    }

    public Type Type { get; }
    public GrainType GrainType { get; }

    /// <summary>By which it can be called.</summary>
    public Type[] Interfaces { get; }

    /// <summary>A new instance for an activation.</summary>
    public object Create(Activation activation) => _construct(Array.ConvertAll(_arguments, source => source(activation)));

    private static void ThrowIfNotSimulated(Type type)
    {
        Type[] rules =
            [typeof(ReentrantAttribute), typeof(MayInterleaveAttribute), typeof(StatelessWorkerAttribute), typeof(KeepAliveAttribute)];
        if (rules.FirstOrDefault(rule => type.IsDefined(rule, inherit: true)) is { } unknown)
            throw NotSimulated(type, unknown.Name);
        // Its base would look for the context of a silo's thread, which is not there.
        if (!Array.Exists(type.GetConstructors(), c => Array.Exists(c.GetParameters(), p => p.ParameterType == typeof(IGrainContext))))
            throw new NotSupportedException($"{type}: take an {nameof(IGrainContext)} in the constructor and pass it to the base class.");
        if (Array.Exists(type.GetInterfaces(), face => face.FullName == "Orleans.IRemindable"))
            throw NotSimulated(type, "reminders");
    }

    private static NotSupportedException NotSimulated(Type type, string what) =>
        new($"{type}: the simulator does not offer {what}; add it, with rules in Engine.Conformance, when a grain needs it.");

    private static Func<Activation, object?> ArgumentSource(ParameterInfo parameter)
    {
        var wanted = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            var add = AddState.MakeGenericMethod(wanted.GenericTypeArguments).CreateDelegate<Func<Activation, string, string?, object>>();
            return activation => add(activation, state.StateName, state.StorageName);
        }
        if (wanted == typeof(IGrainContext))
            return static activation => activation;
        return activation => activation.ActivationServices.GetRequiredService(wanted);
    }

    private static Func<object?[], object> Compile(ConstructorInfo constructor)
    {
        var arguments = Expression.Parameter(typeof(object?[]));
        var body = Expression.New(constructor, constructor.GetParameters().Select(parameter =>
            Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(parameter.Position)), parameter.ParameterType)));
        return Expression.Lambda<Func<object?[], object>>(Expression.Convert(body, typeof(object)), arguments).Compile();
    }
}
