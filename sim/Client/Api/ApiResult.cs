using System.Text.Json;

namespace Dispatch.Sim.Client.Api;

/// <summary>A refusal or failure as the server words it (RFC 9457), or as far as it could be read.</summary>
/// <param name="Code">Stable; <c>http.N</c> where the answer was no problem document.</param>
public sealed record Problem(int Status, string Code, string? Title, string? Detail, JsonElement? Facts, JsonElement? Current)
{
    public override string ToString() => (Detail ?? Title) is { } words ? $"{Status} {Code} ({words})" : $"{Status} {Code}";
}

/// <summary>What a call came to: a value or a problem.</summary>
public abstract record ApiResult<T>
{
    public sealed record Ok(T Value) : ApiResult<T>;

    public sealed record Refused(Problem Problem) : ApiResult<T>;

    /// <summary>The value, where a refusal would be nothing to go on with.</summary>
    /// <exception cref="ApiException">It was refused.</exception>
    public T Must(string what) => this switch
    {
        Ok ok => ok.Value,
        Refused refused => throw new ApiException(what, refused.Problem),
        _ => throw new InvalidOperationException(),
    };
}

/// <summary>A call failed that the caller cannot do without.</summary>
public sealed class ApiException(string what, Problem problem) : Exception($"{what}: {problem}")
{
    public Problem Problem { get; } = problem;
}

/// <summary>No answer came, however often it was asked; nobody knows whether the last attempt had an effect.</summary>
public sealed class ServerUnreachableException(string what, Exception? inner) : Exception(what, inner);
