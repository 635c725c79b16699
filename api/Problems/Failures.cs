using Dispatch.Grains.Contracts.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Dispatch.Api.Problems;

/// <summary>What nobody planned: logged in full, answered without a word of how it looks inside.</summary>
internal sealed partial class Failures(ILogger<Failures> log) : IExceptionHandler
{
    /// <summary>Whether trying again may help: a call that took too long, a store that is not there, a write that met another.</summary>
    public static bool IsUnavailable(Exception failure) => failure is TimeoutException or OrleansException;

    /// <summary>Whether it is a silo that is gone, silent or full, or a write that met another: the cluster mends that by itself within seconds.</summary>
    public static bool MayPassSoon(Exception failure) => IsUnavailable(failure) && failure is not StorageUnavailableException;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more; the status is for the metrics.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        Refused refused = Answer(httpContext, exception);
        if (refused.Problem.Status >= 500)
        {
            // The pattern and not the path: a path may hold a tracking token.
            string? route = (httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint as RouteEndpoint)?.RoutePattern.RawText;
            LogFailed(exception, httpContext.Request.Method, route ?? "(no route)", httpContext.TraceIdentifier);
        }
        await refused.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Gives a status without a body, as routing and servers answer, the body of a problem.</summary>
    public static Task AnswerBare(StatusCodeContext context) => Bare(context.HttpContext).ExecuteAsync(context.HttpContext);

    private static Refused Answer(HttpContext context, Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => EdgeRefusals.TooLarge(0),
        BadHttpRequestException => EdgeRefusals.Malformed("http"),
        _ when IsUnavailable(exception) => EdgeRefusals.Unavailable(),
        _ => EdgeRefusals.Unexpected(context.TraceIdentifier),
    };

    private static Refused Bare(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => EdgeRefusals.NoSuchRoute(context.Request.Path),
        StatusCodes.Status405MethodNotAllowed => EdgeRefusals.MethodNotAllowed(context.Request.Method),
        StatusCodes.Status415UnsupportedMediaType => EdgeRefusals.UnsupportedMediaType(context.Request.ContentType),
        StatusCodes.Status401Unauthorized => EdgeRefusals.AuthRequired(),
        StatusCodes.Status403Forbidden => EdgeRefusals.Forbidden(),
        StatusCodes.Status413PayloadTooLarge => EdgeRefusals.TooLarge(0),
        int other => EdgeRefusals.Refusable(other),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed ({TraceId})")]
    private partial void LogFailed(Exception failure, string method, string route, string traceId);
}
