using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dispatch.Api.Pages;

/// <summary>What every answer says to browsers about itself.</summary>
internal static class SecurityHeaders
{
    /// <summary>Nothing from elsewhere, nothing inline. The map draws in a worker and reads its pictures from blobs; live updates use a socket to the same host.</summary>
    public const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; " +
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The page that reads codes by camera runs its reader as WebAssembly, which a policy must allow by name; it is still our own file.</summary>
    public static readonly string ScanningPolicy = PagePolicy.Replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", StringComparison.Ordinal);

    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = DataPolicy;
        // Tracking links are rights: they must not reach anybody as a referrer.
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "geolocation=(self), camera=(self), microphone=(), payment=()";
        headers[HeaderNames.CacheControl] = "no-store";
        return next(context);
    });
}
