using System.Reflection;

namespace Dispatch.Runtime;

/// <summary>Walks a call through the filters and to its end.</summary>
internal abstract class CallContext<TFilter>(Call call, TFilter[] filters) : IGrainCallContext, IInvokable
{
    private int _next;

    public IInvokable Request => this;
    public abstract object Grain { get; }
    public GrainId? SourceId => Call.Caller?.GrainId ?? Call.Origin.ClientId;
    public GrainId TargetId => Call.Target;
    public string InterfaceName => Call.Method.Interface.FullName!;
    public string MethodName => Call.Method.Method.Name;
    public MethodInfo InterfaceMethod => Call.Method.Method;
    public object? Result { get; set; }

    protected Call Call { get; } = call;

    public Task Invoke() => _next < filters.Length ? InvokeFilter(filters[_next++]) : InvokeTarget();

    public int GetArgumentCount() => Call.Arguments.Length;
    public object? GetArgument(int index) => Call.Arguments[index];
    public void SetArgument(int index, object? value) => Call.Arguments[index] = value;
    public string GetMethodName() => MethodName;
    public string GetInterfaceName() => InterfaceName;
    public Type GetInterfaceType() => Call.Method.Interface;
    public MethodInfo GetMethod() => InterfaceMethod;

    protected abstract Task InvokeFilter(TFilter filter);

    protected abstract Task InvokeTarget();
}

internal sealed class IncomingCallContext(Call call, IIncomingGrainCallFilter[] filters, Activation activation, object target)
    : CallContext<IIncomingGrainCallFilter>(call, filters), IIncomingGrainCallContext
{
    private bool _ownFilterDone;

    public override object Grain => target;
    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = target.GetType().GetInterfaceMap(Call.Method.Interface);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, Call.Method.Method)];
        }
    }

    protected override Task InvokeFilter(IIncomingGrainCallFilter filter) => filter.Invoke(this);

    protected override async Task InvokeTarget()
    {
        if (!_ownFilterDone && target is IIncomingGrainCallFilter own)
        {
            _ownFilterDone = true;
            await own.Invoke(this);
            return;
        }
        var work = Call.Method.Invoke(target, Call.Arguments);
        await work;
        Result = Call.Method.ResultOf(work);
    }
}

internal sealed class OutgoingCallContext(Call call, IOutgoingGrainCallFilter[] filters, Activation? caller, Func<Task> send)
    : CallContext<IOutgoingGrainCallFilter>(call, filters), IOutgoingGrainCallContext
{
    public override object Grain => Call.Reference;
    public IGrainContext? SourceContext => caller;

    protected override Task InvokeFilter(IOutgoingGrainCallFilter filter) => filter.Invoke(this);

    protected override async Task InvokeTarget()
    {
        var reply = send();
        await reply;
        Result = Call.Method.ResultOf(reply);
    }
}
