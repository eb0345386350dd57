using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.OpenApi;

/// <summary>The description of this surface, and a page to try it. Both are public: they say what there is, not what is in it.</summary>
internal static class OpenApiEndpoints
{
    public const string DocumentPath = "/openapi/v1.json";

    private const string OwnFiles =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ";

    private const string OwnFilesOnly = OwnFiles + "img-src 'self' data:";

    /// <summary>Pictures that it has fetched, with a key that no picture of a page could send; and the frame.</summary>
    private const string WithPicturesAndFrame = OwnFiles + "img-src 'self' data: blob:; frame-src 'self'";

    /// <summary>For a page that a program made: its scripts run, in an origin that is nobody's, and reach nothing.</summary>
    private const string OnItsOwn =
        "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; media-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapFile(routes, DocumentPath, "openapi.json", "application/json; charset=utf-8");
        MapFile(routes, "/docs", "page/docs.html", "text/html; charset=utf-8");
        MapFile(routes, "/docs/docs.js", "page/docs.js", "text/javascript; charset=utf-8");
        MapFile(routes, "/docs/docs.css", "page/docs.css", "text/css; charset=utf-8");
        MapFile(routes, "/docs/view", "page/view.html", "text/html; charset=utf-8", WithPicturesAndFrame);
        MapFile(routes, "/docs/view.js", "page/view.js", "text/javascript; charset=utf-8");
        MapFile(routes, "/docs/frame", "page/frame.html", "text/html; charset=utf-8", OnItsOwn, frames: "SAMEORIGIN");
    }

    private static void MapFile(IEndpointRouteBuilder routes, string path, string file, string contentType, string policy = OwnFilesOnly, string frames = "DENY")
    {
        byte[] bytes = EmbeddedFile.Read(file);
        routes.MapGet(path, context =>
        {
            context.Response.ContentType = contentType;
            context.Response.ContentLength = bytes.Length;
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.ContentSecurityPolicy = policy;
            context.Response.Headers.XFrameOptions = frames;
            return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
        });
    }
}
