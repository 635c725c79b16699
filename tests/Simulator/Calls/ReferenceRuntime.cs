using Orleans;
using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Dispatch.Simulator;

/// <summary>
/// Behind every reference that a host makes: the generated proxy hands each call over here, its arguments already copied.
/// </summary>
internal sealed class ReferenceRuntime(GrainHost host) : IGrainReferenceRuntime
{
    private readonly Dictionary<Type, Face> _faces = [];
    private readonly Dictionary<(Type Interface, string Key), GrainReference> _known = [];

    /// <summary>An interface, with the grain type it means on this host; an observer's has none.</summary>
    private sealed record Face(GrainReferenceShared Shared, Func<GrainReferenceShared, IdSpan, GrainReference> Create);

    /// <summary>
    /// A reference to the grain with this key of the one class that implements the interface. Kept, because each is asked for many
    /// times.
    /// </summary>
    public GrainReference To(Type interfaceType, string key)
    {
        if (_known.TryGetValue((interfaceType, key), out var known))
            return known;
        if (!_faces.TryGetValue(interfaceType, out var face))
            _faces[interfaceType] = face = FaceOf(interfaceType, host.Classes.Get(interfaceType).GrainType);
        return _known[(interfaceType, key)] = face.Create(face.Shared, IdSpan.Create(key));
    }

    public GrainReference To(Type interfaceType, GrainId id)
    {
        var face = FaceOf(interfaceType, id.Type);
        return face.Create(face.Shared, id.Key);
    }

    public void InvokeMethod(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        Send<object>(reference, request, options);

    public ValueTask InvokeMethodAsync(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        Send<object>(reference, request, options) is { } reply ? new ValueTask(reply) : default;

    public ValueTask<TResult?> InvokeMethodAsync<TResult>(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        Send<TResult>(reference, request, options) is { } reply ? new ValueTask<TResult?>(reply) : default;

    public object Cast(IAddressable grain, Type grainInterface) =>
        grain is GrainReference && grainInterface.IsInstanceOfType(grain) ? grain : To(grainInterface, grain.GetGrainId());

    private Face FaceOf(Type interfaceType, GrainType grainType) =>
        new(OrleansTypes.Share(grainType, interfaceType, this), OrleansTypes.ProxyConstructor(interfaceType));

    private Task<TResult?>? Send<TResult>(GrainReference reference, IInvokable request, InvokeMethodOptions options)
    {
        if (!host.Scheduler.IsInside())
            throw new InvalidOperationException($"{request.GetMethodName()} was called from outside the simulation's thread.");
        if ((options & InvokeMethodOptions.ReadOnly) != 0)
            throw new NotSupportedException($"{request.GetActivityName()}: the simulator does not offer [ReadOnly].");
        var token = request.GetCancellationToken();
        token.ThrowIfCancellationRequested();
        // A reference handed to a grain calls from where that grain is.
        var caller = Activation.Current;
        var call = new Call<TResult>(request, options, reference.GrainId, caller?.Host ?? host, caller);
        return call.Send(token);
    }
}
