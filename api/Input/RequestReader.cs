using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Dispatch.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dispatch.Api.Input;

/// <summary>Reads a JSON body within its limits and turns every way it can be wrong into a refusal.</summary>
internal static class RequestReader
{
    /// <summary>
    /// How much of a body that is too large is read and thrown away before the answer, so that a client which sends first and listens
    /// afterwards hears the answer instead of a reset connection. Beyond this the connection may break.
    /// </summary>
    private const long Drained = 64L * 1024 * 1024;

    /// <summary>The bytes of the body, or why not.</summary>
    public static async Task<(byte[] Body, Refused? Refused)> Read(HttpContext context, int limit)
    {
        HttpRequest request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = Drained;
        if (request.ContentLength > limit && request.Headers.Expect.Count > 0)
            return ([], EdgeRefusals.TooLarge(limit));
        byte[] chunk = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            using MemoryStream body = new(request.ContentLength is > 0 and long known && known <= limit ? (int)known : 0);
            long total = 0;
            for (int read; (read = await request.Body.ReadAsync(chunk, context.RequestAborted)) > 0;)
                if ((total += read) <= limit)
                    body.Write(chunk, 0, read);
            return total > limit ? ([], EdgeRefusals.TooLarge(limit)) : (body.ToArray(), null);
        }
        catch (BadHttpRequestException broken)
        {
            return ([], broken.StatusCode == StatusCodes.Status413PayloadTooLarge ? EdgeRefusals.TooLarge(limit) : EdgeRefusals.Malformed("body_incomplete"));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>Whether the content type, where one is stated, is JSON.</summary>
    public static bool IsJson(string? contentType)
    {
        string type = (contentType ?? "").Split(';')[0].Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.StartsWith("application/", StringComparison.OrdinalIgnoreCase) && type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The value that the bytes spell, validated, with what is doubtful about it; or why not.</summary>
    public static (T? Value, Refused? Refused, IReadOnlyList<Warning> Warnings) Parse<T>(byte[] body, PhoneReader phones)
        where T : class, IRequestBody
    {
        ReadOnlySpan<byte> utf8 = body;
        if (utf8.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        if (utf8.IsEmpty && typeof(T).IsAssignableTo(typeof(IOptionalRequest)))
            utf8 = "{}"u8;
        if (utf8.IsEmpty)
            return No(EdgeRefusals.Malformed("body_missing"));
        if (!Utf8.IsValid(utf8))
            return No(EdgeRefusals.Malformed("not_utf8"));
        BodyNames? names = NamesOf<T>(utf8);
        if (names?.Repeated is { } repeated)
            return No(EdgeRefusals.Malformed("duplicate_field", $"$.{repeated}"));
        T? value;
        try
        {
            value = JsonSerializer.Deserialize<T>(utf8, ApiJson.Requests);
        }
        catch (JsonException wrong)
        {
            return No(EdgeRefusals.Malformed(wrong.InnerException is JsonException ? "not_json" : "wrong_type", wrong.Path));
        }
        if (value is null)
            return No(EdgeRefusals.Malformed("wrong_type", "$"));
        if (names is null)
            return No(EdgeRefusals.Malformed("not_json"));
        Check check = new(phones);
        foreach (string field in names.Unknown)
            check.Fault(field, "unknown_field");
        value.Validate(check);
        return check.IsClean ? (value, null, check.Warnings) : No(EdgeRefusals.Invalid(check.Faults));

        static (T?, Refused?, IReadOnlyList<Warning>) No(Refused why) => (null, why, []);
    }

    /// <summary>Null where the bytes cannot be read to their end; the serializer then says where.</summary>
    private static BodyNames? NamesOf<T>(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return BodyNames.Read(utf8, ApiJson.Requests.GetTypeInfo(typeof(T)));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
