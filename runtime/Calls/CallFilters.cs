using System.Reflection;

namespace Dispatch.Runtime;

/// <summary>The call itself, as filters see it.</summary>
public interface IInvokable
{
    int GetArgumentCount();
    object? GetArgument(int index);
    void SetArgument(int index, object? value);
    string GetMethodName();
    string GetInterfaceName();
    Type GetInterfaceType();
    MethodInfo GetMethod();
}

/// <summary>One call on its way through the filters.</summary>
public interface IGrainCallContext
{
    IInvokable Request { get; }

    /// <summary>The grain instance on the way in, the reference on the way out.</summary>
    object Grain { get; }

    /// <summary>The calling grain; from outside of grains, an id of type <c>sys.client</c> that stands for the host.</summary>
    GrainId? SourceId { get; }
    GrainId TargetId { get; }
    string InterfaceName { get; }
    string MethodName { get; }
    MethodInfo InterfaceMethod { get; }

    /// <summary>The result after <see cref="Invoke"/>; a filter may replace it, or set it instead of invoking.</summary>
    object? Result { get; set; }

    /// <summary>Goes on to the next filter and at last to the method. A failure of the method is thrown here.</summary>
    Task Invoke();
}

/// <inheritdoc cref="IGrainCallContext"/>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }
    MethodInfo ImplementationMethod { get; }
}

/// <inheritdoc cref="IGrainCallContext"/>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    IGrainContext? SourceContext { get; }
}

/// <summary>Runs around every call a grain receives, in the grain's turn. Registered as a service; a grain class may be one itself, then last.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}

/// <summary>Runs around every call sent from this host, in the caller's context. Registered as a service.</summary>
public interface IOutgoingGrainCallFilter
{
    Task Invoke(IOutgoingGrainCallContext context);
}
