using Dispatch.Api.Access;
using Dispatch.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Dispatch.Api.Pages;

/// <summary>
/// The built pages: one document per surface, everything else by its file name. Without a build the documents answer a line that says how to make one.
/// </summary>
internal static class PageRoutes
{
    private const string Missing = "The pages have not been built. Build them with `npm ci && npm run build` in web/, or start the server with ./dispatch up. The API works without them.\n";

    private static readonly (string Route, string File)[] Documents =
    [
        ("/", "index.html"),
        ("/help/", "help/index.html"),
        ("/console/", "console/index.html"),
        ("/outbox/", "outbox/index.html"),
        ("/technician/", "technician/index.html"),
        ("/point/", "point/index.html"),
        ("/register/", "register/index.html"),
        ("/desk/", "desk/index.html"),
        ("/request/", "request/index.html"),
        ("/track", "track/index.html"),
        ("/track/{token}", "track/index.html"),
    ];

    public static void Use(WebApplication app, ApiOptions options)
    {
        if (options.WebRoot is { } root && Directory.Exists(root))
            app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.GetFullPath(root)), ContentTypeProvider = ContentTypes(), OnPrepareResponse = Prepare });
    }

    public static void Map(WebApplication app, ApiOptions options)
    {
        foreach ((string route, string file) in Documents)
            app.MapGet(route, context => Send(context, options, file)).ExcludeFromDescription();
    }

    /// <summary>Routing takes <c>/console</c> for <c>/console/</c>; relative links need the slash.</summary>
    private static async Task Send(HttpContext context, ApiOptions options, string file)
    {
        string path = context.Request.Path.Value!;
        bool tracking = context.Request.Path.StartsWithSegments("/track", StringComparison.Ordinal);
        if (file.Length > "index.html".Length && !path.EndsWith('/') && !tracking)
        {
            context.Response.Redirect(path + "/", permanent: false);
            return;
        }
        if (tracking && !TrackingTokens.LooksLikeJob(context.Request.RouteValues["token"] as string))
        {
            // A mistyped link: a person gets the page, which says so in their language; a program gets the refusal.
            if (!AcceptsPages(context.Request))
            {
                await EdgeRefusals.TrackUnknown().ExecuteAsync(context);
                return;
            }
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        string full = options.WebRoot is { } root ? Path.GetFullPath(Path.Combine(root, file)) : "";
        if (!File.Exists(full))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(Missing, context.RequestAborted);
            return;
        }
        SetPageHeaders(context.Response, "no-cache", file == "point/index.html" ? SecurityHeaders.ScanningPolicy : SecurityHeaders.PagePolicy);
        context.Response.ContentType = "text/html; charset=utf-8";
        string document = await File.ReadAllTextAsync(full, context.RequestAborted);
        await context.Response.WriteAsync(WithTimeZone(document, options.Clock.Name), context.RequestAborted);
    }

    /// <summary>The page must know the company's time zone before it draws its first time, also without a network: it is kept with the document.</summary>
    internal static string WithTimeZone(string document, string timeZone) =>
        document.Replace("<head>", $"<head>\n    <meta name=\"dispatch-time-zone\" content=\"{timeZone}\" />", StringComparison.Ordinal);

    private static bool AcceptsPages(HttpRequest request) => request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private static void Prepare(StaticFileResponseContext file)
    {
        // Names under assets/ carry a hash of the content: a changed file has another name.
        bool immutable = file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal);
        SetPageHeaders(file.Context.Response, immutable ? "public, max-age=31536000, immutable" : "no-cache", SecurityHeaders.PagePolicy);
    }

    private static void SetPageHeaders(HttpResponse response, string cache, string policy)
    {
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers[HeaderNames.CacheControl] = cache;
    }

    private static FileExtensionContentTypeProvider ContentTypes()
    {
        FileExtensionContentTypeProvider types = new();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        types.Mappings[".pbf"] = "application/x-protobuf";
        types.Mappings[".geojson"] = "application/geo+json";
        types.Mappings[".mjs"] = "text/javascript";
        return types;
    }
}
