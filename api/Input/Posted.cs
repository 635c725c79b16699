using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Api.Access;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Grains.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Api.Input;

/// <summary>An argument of a handler that may turn out to be a refusal; <see cref="RefusalFilter"/> answers it before the handler runs.</summary>
internal interface IRefusable
{
    Refused? Refused { get; }
}

/// <summary>
/// A command as it was posted: the validated body, who sent it, and the key that makes a repetition the same command.
/// </summary>
public sealed class Posted<T> : IRefusable, IBindableFromHttpContext<Posted<T>>, IEndpointParameterMetadataProvider where T : class, IRequestBody
{
    private const int LongestKey = 200;

    private readonly T? _value;
    private readonly string _key, _digest;
    private readonly Refused? _refused;

    private Posted(T? value, Caller caller, string key, string digest, Refused? refused, IReadOnlyList<Warning> warnings)
    {
        (_value, Caller, _key, _digest, _refused, Warnings) = (value, caller, key, digest, refused, warnings);
    }

    public Caller Caller { get; }

    /// <summary>The body. Only in handlers, which run only if there is one.</summary>
    public T Value => _value ?? throw new InvalidOperationException("A refused request has no value.");

    /// <summary>What is doubtful about the body. It follows from the body alone, so that a repetition is warned of the same.</summary>
    internal IReadOnlyList<Warning> Warnings { get; }

    Refused? IRefusable.Refused => _refused;

    /// <summary>
    /// The operation of this request on one kind of resource: its key in the scope of the caller, and a digest of method, path and body, so that
    /// the same key with anything else is noticed.
    /// </summary>
    /// <param name="by">Who asks, where that is not the sender of the token.</param>
    public Operation OperationOn(string resource, Caller? by = null)
    {
        string subject = (by ?? Caller).Subject;
        return new(new OperationId($"{subject}:{resource}:{_key}"), _digest, subject);
    }

    public static async ValueTask<Posted<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        Caller caller = Caller.Of(context);
        if (!TryKey(context.Request, out string key))
            return Refuse(EdgeRefusals.Invalid("Idempotency-Key", "bad_form"));
        (byte[] body, Refused? refused) = await RequestReader.Read(context, context.RequestServices.GetRequiredService<ApiOptions>().BodyLimit);
        if (refused is not null)
            return Refuse(refused);
        if (body.Length > 0 && !RequestReader.IsJson(context.Request.ContentType))
            return Refuse(EdgeRefusals.UnsupportedMediaType(context.Request.ContentType));
        (T? value, refused, IReadOnlyList<Warning> warnings) =
            RequestReader.Parse<T>(body, context.RequestServices.GetRequiredService<PhoneReader>());
        return refused is null ? new(value, caller, key, Digest(context.Request, body), null, warnings) : Refuse(refused);

        Posted<T> Refuse(Refused why) => new(null, caller, "", "", why, []);
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: typeof(T).IsAssignableTo(typeof(IOptionalRequest))));

    private static bool TryKey(HttpRequest request, out string key)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var given))
        {
            key = Guid.NewGuid().ToString("N");
            return true;
        }
        key = given.ToString();
        return given.Count == 1 && key.Length is > 0 and <= LongestKey && key.All(c => c is > ' ' and < (char)127);
    }

    private static string Digest(HttpRequest request, byte[] body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}\n"));
        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
