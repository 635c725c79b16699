using System.Reflection;
using System.Runtime.ExceptionServices;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Dispatch.Simulator;

/// <summary>Walks a call through the incoming filters of its host and to its grain.</summary>
internal sealed class IncomingCall(Call call, Activation activation, IIncomingGrainCallFilter[] filters) : IIncomingGrainCallContext
{
    private int _next;

    public IInvokable Request => call.Body;
    public object Grain => activation.GrainInstance!;
    public IGrainContext TargetContext => activation;
    public GrainId? SourceId => call.Caller?.GrainId ?? call.Origin.ClientId;
    public GrainId TargetId => call.Target;
    public GrainInterfaceType InterfaceType => activation.GrainReference.InterfaceType;
    public string InterfaceName => Request.GetInterfaceName();
    public string MethodName => Request.GetMethodName();
    public MethodInfo InterfaceMethod => Request.GetMethod();
    public Response? Response { get; set; }

    public object? Result
    {
        get => Response is { Exception: null } response ? response.Result : null;
        set => Response = Response.FromResult(value);
    }

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = Grain.GetType().GetInterfaceMap(Request.GetInterfaceType());
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    public async Task<Response> Run()
    {
        try
        {
            await Invoke();
            return Response!;
        }
        catch (Exception failure)
        {
            return Response.FromException(failure);
        }
    }

    public async Task Invoke()
    {
        if (_next < filters.Length)
        {
            var filter = filters[_next++];
            await filter.Invoke(this);
            if (Response is null)
                throw new InvalidOperationException($"{filter.GetType()} neither went on nor gave a result.");
            return;
        }
        Response = OrleansTypes.ResponseCopier.Copy(await Request.Invoke());
        if (Response!.Exception is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }
}
