using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Dispatch.Runtime;

/// <summary>One method of a grain interface: how to call it and by which rules. Made once per method.</summary>
internal abstract class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Known = new();

    private readonly Func<object, object?[], Task> _invoke;
    private readonly int[] _addressableArguments;

    protected GrainMethod(MethodInfo method)
    {
        Method = method;
        Interface = method.DeclaringType!;
        IsOneWay = method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void);
        AlwaysInterleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        var parameters = method.GetParameters();
        CancellationArgument = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
        _addressableArguments = [.. parameters.Where(p => typeof(IAddressable).IsAssignableFrom(p.ParameterType)).Select(p => p.Position)];
        _invoke = Compile(method, parameters);
    }

    public MethodInfo Method { get; }
    public Type Interface { get; }
    public bool IsOneWay { get; }
    public bool AlwaysInterleaves { get; }
    public bool IsReadOnly { get; }
    public TimeSpan? ResponseTimeout { get; }
    public abstract bool ReturnsAddressable { get; }

    /// <summary>Index of the cancellation token among the arguments; -1 when there is none.</summary>
    public int CancellationArgument { get; }

    public static GrainMethod Of(MethodInfo method) => Known.GetOrAdd(method, static found => Create(found));

    /// <summary>Calls the method; the task is a <c>Task&lt;T&gt;</c> when the method has a result.</summary>
    public Task Invoke(object target, object?[] arguments) => _invoke(target, arguments);

    /// <summary>Sends a call and wraps its promise in the declared return type.</summary>
    public abstract object? Send(GrainReference reference, GrainHost host, Activation? caller, object?[] arguments);

    public abstract object? ResultOf(Task done);

    public override string ToString() => $"{Interface.Name}.{Method.Name}";

    /// <summary>What crosses a call in place of an object: a reference to it.</summary>
    /// <exception cref="NotSupportedException">The object is no grain, so nobody knows how to refer to it.</exception>
    public static object? Refer(object? value, Type face) => value switch
    {
        null or GrainReference => value,
        IGrainBase { GrainContext: Activation activation } => GrainReference.Create(face, activation.GrainId, activation.Host),
        _ => throw new NotSupportedException($"{value.GetType()} is no reference: make one by {nameof(IGrainFactory.CreateObjectReference)}."),
    };

    protected void ReferToAddressables(object?[] arguments)
    {
        foreach (var index in _addressableArguments)
        {
            if (arguments[index] is { } value and not GrainReference)
                arguments[index] = Refer(value, Method.GetParameters()[index].ParameterType);
        }
    }

    private static GrainMethod Create(MethodInfo method)
    {
        var returned = method.ReturnType;
        if (returned == typeof(Task) || returned == typeof(ValueTask) || returned == typeof(void))
            return new GrainMethod<NoResult>(method);
        if (returned.IsGenericType && (returned.GetGenericTypeDefinition() == typeof(Task<>) || returned.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            return (GrainMethod)Activator.CreateInstance(typeof(GrainMethod<>).MakeGenericType(returned.GenericTypeArguments), method)!;
        throw new NotSupportedException($"{method.DeclaringType}.{method.Name} must return a Task or ValueTask.");
    }

    private static Func<object, object?[], Task> Compile(MethodInfo method, ParameterInfo[] parameters)
    {
        var target = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        Expression call = Expression.Call(
            Expression.Convert(target, method.DeclaringType!), method,
            parameters.Select(p => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(p.Position)), p.ParameterType)));
        if (method.ReturnType == typeof(void))
            call = Expression.Block(call, Expression.Constant(Task.CompletedTask));
        else if (method.ReturnType.IsValueType)
            call = Expression.Call(call, nameof(ValueTask.AsTask), null);
        return Expression.Lambda<Func<object, object?[], Task>>(Expression.Convert(call, typeof(Task)), target, arguments).Compile();
    }
}

/// <summary>The result of a method that has none.</summary>
internal readonly struct NoResult;

/// <inheritdoc/>
internal sealed class GrainMethod<T> : GrainMethod
{
    private static readonly Task<T> Nothing = Task.FromResult(default(T)!);

    private readonly Func<Task<T>, object?> _wrap;

    public override bool ReturnsAddressable { get; } = typeof(IAddressable).IsAssignableFrom(typeof(T));

    public GrainMethod(MethodInfo method) : base(method) =>
        _wrap = method.ReturnType == typeof(void) ? static _ => null
            : method.ReturnType == typeof(ValueTask) ? static promise => new ValueTask(promise)
            : method.ReturnType.IsValueType ? static promise => new ValueTask<T>(promise)
            : static promise => promise;

    public override object? Send(GrainReference reference, GrainHost host, Activation? caller, object?[] arguments)
    {
        ReferToAddressables(arguments);
        var call = new Call<T>(this, reference, host, caller, arguments);
        return _wrap(host.OutgoingFilters.Length == 0 ? call.Send() : SendFilteredAsync(call, host, caller));
    }

    public override object? ResultOf(Task done) => done is Task<T> typed and not Task<NoResult> ? typed.Result : null;

    /// <summary>The value a filter left as the result.</summary>
    public static T Unbox(object? result) => result is null ? default! : (T)result;

    private static async Task<T> SendFilteredAsync(Call<T> call, GrainHost host, Activation? caller)
    {
        var context = new OutgoingCallContext(call, host.OutgoingFilters, caller, call.Send);
        await context.Invoke();
        return Unbox(context.Result);
    }

    public static Task<T> NoReply => Nothing;
}
