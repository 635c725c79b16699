using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Dispatch.Api.Streams.Live;

/// <summary>An invocation that breaks tells its caller a code and the log the rest.</summary>
internal sealed partial class HubFailureFilter(Problems.Repeats repeats, ILogger<HubFailureFilter> log) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await repeats.Run(() => next(invocationContext), invocationContext.Context.ConnectionAborted);
        }
        catch (OperationCanceledException) when (invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (failure is not HubException)
        {
            LogFailed(failure, invocationContext.HubMethodName);
            throw new HubException(Problems.Failures.IsUnavailable(failure) ? "server.unavailable" : "server.unexpected");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Hub method {Method} failed")]
    private partial void LogFailed(Exception failure, string method);
}
