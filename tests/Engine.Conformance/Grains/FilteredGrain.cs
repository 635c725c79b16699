namespace Engine.Conformance;

public sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public Task<string> Echo(string text) => Task.FromResult($"grain({text})");

    public async Task<string> EchoThrough(string other, string text) => await GrainFactory.GetGrain<IFilteredGrain>(other).Echo(text);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.MethodName == nameof(Echo))
            context.Result = $"own({context.Result})";
    }
}

/// <summary>Changes the argument on the way in and the result on the way out, for one interface only.</summary>
public sealed class FirstIncomingFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(IFilteredGrain) || context.MethodName != nameof(IFilteredGrain.Echo))
        {
            await context.Invoke();
            return;
        }
        if (context.Request.GetArgument(0) is "refuse")
            throw new BrokenException("refused by a filter");
        if (context.Request.GetArgument(0) is "answer")
        {
            context.Result = "answered by a filter";
            return;
        }
        context.Request.SetArgument(0, $"first({context.Request.GetArgument(0)})");
        await context.Invoke();
        context.Result = $"first({context.Result}) of {context.ImplementationMethod.DeclaringType!.Name} {context.TargetContext.GrainId.Key} from {(context.SourceId is { } source && source.Type.ToString() == "sys.client" ? "a client" : context.SourceId?.Key.ToString())}";
    }
}

public sealed class SecondIncomingFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.InterfaceMethod.DeclaringType == typeof(IFilteredGrain) && context.MethodName == nameof(IFilteredGrain.Echo))
            context.Result = $"second({context.Result})";
    }
}

public sealed class OutgoingFilter : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.InterfaceMethod?.DeclaringType != typeof(IFilteredGrain) || context.MethodName != nameof(IFilteredGrain.Echo))
        {
            await context.Invoke();
            return;
        }
        context.Request.SetArgument(0, context.Request.GetArgument(0) is string text && text.StartsWith("out:", StringComparison.Ordinal) ? $"out({text[4..]})" : context.Request.GetArgument(0)!);
        await context.Invoke();
    }
}

public sealed class ContextGrain : Grain, IContextGrain
{
    public static readonly AsyncLocal<string?> Local = new();

    public Task<string?> Get(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public async Task<string?> GetThrough(string other, string key)
    {
        await Task.Yield();
        return await GrainFactory.GetGrain<IContextGrain>(other).Get(key);
    }

    public Task Set(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public Task<string?> Ambient() => Task.FromResult(Local.Value);
}
