using Microsoft.AspNetCore.Http;

namespace Dispatch.Api.Input;

/// <summary>Answers the first argument that is a refusal, so that handlers see only what is well formed.</summary>
internal sealed class RefusalFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (object? argument in context.Arguments)
            if (argument is IRefusable { Refused: { } refused })
                return ValueTask.FromResult<object?>(refused);
        return next(context);
    }
}
