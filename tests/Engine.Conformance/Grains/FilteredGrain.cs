namespace Engine.Conformance;

public sealed class FilteredGrain(IGrainContext context) : Grain(context), IFilteredGrain
{
    public Task<string> Echo(string text) => Task.FromResult($"grain({text})");

    public async Task<string> EchoThrough(string other, string text) => await GrainFactory.GetGrain<IFilteredGrain>(other).Echo(text);
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
        var source = context.SourceId is { } id && id.Type.ToString() == "filtered" ? id.Key.ToString() : "a client";
        var target = $"{context.ImplementationMethod.DeclaringType!.Name} {context.TargetContext.GrainId.Key}";
        context.Result = $"first({context.Result}) of {target} from {source}";
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
