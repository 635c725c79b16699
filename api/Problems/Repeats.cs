using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Dispatch.Api.Problems;

/// <summary>
/// Repeats what a lost, silent or restarting silo did not answer, until this node's own deadline: a caller sees a slow answer and no 503. A store that is not there is said at once, because a full disk does not pass. Safe, because every command carries an operation id,
/// under which a repetition gets the first answer; a request without a key is given one when it is read.
/// </summary>
internal sealed partial class Repeats : IEndpointFilter
{
    private static readonly ResiliencePropertyKey<long> Begun = new("begun");
    private readonly ResiliencePipeline pipeline;

    public Repeats(ApiOptions options, TimeProvider process, ILogger<Repeats> log)
    {
        pipeline = new ResiliencePipelineBuilder { TimeProvider = process }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is { } failure && Failures.MayPassSoon(failure)
                    && process.GetElapsedTime(attempt.Context.Properties.GetValue(Begun, 0)) + LongestPause < options.CommandDeadline),
                MaxRetryAttempts = int.MaxValue,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                OnRetry = attempt =>
                {
                    LogRepeated(log, attempt.Outcome.Exception!.GetType().Name, attempt.AttemptNumber + 1);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
        Process = process;
    }

    private static TimeSpan LongestPause => TimeSpan.FromSeconds(1);

    private TimeProvider Process { get; }

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Run(() => next(context), context.HttpContext.RequestAborted);

    /// <summary>Runs the work, again and again while it fails for want of a silo and the deadline has not come; then its last failure is thrown.</summary>
    public async ValueTask<T> Run<T>(Func<ValueTask<T>> work, CancellationToken cancellation)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(Begun, Process.GetTimestamp());
        try
        {
            return await pipeline.ExecuteAsync(static (_, run) => run(), context, work);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "No answer ({Failure}); repeating, attempt {Attempt}")]
    private static partial void LogRepeated(ILogger log, string failure, int attempt);
}
