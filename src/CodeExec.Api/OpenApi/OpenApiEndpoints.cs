using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.OpenApi;

/// <summary>The description of this surface, and a page to try it. Both are public: they say what there is, not what is in it.</summary>
internal static class OpenApiEndpoints
{
    public const string DocumentPath = "/openapi/v1.json";

    private const string OwnFilesOnly =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapFile(routes, DocumentPath, "openapi.json", "application/json; charset=utf-8");
        MapFile(routes, "/docs", "page/docs.html", "text/html; charset=utf-8");
        MapFile(routes, "/docs/docs.js", "page/docs.js", "text/javascript; charset=utf-8");
        MapFile(routes, "/docs/docs.css", "page/docs.css", "text/css; charset=utf-8");
    }

    private static void MapFile(IEndpointRouteBuilder routes, string path, string file, string contentType)
    {
        byte[] bytes = EmbeddedFile.Read(file);
        routes.MapGet(path, context =>
        {
            context.Response.ContentType = contentType;
            context.Response.ContentLength = bytes.Length;
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.ContentSecurityPolicy = OwnFilesOnly;
            context.Response.Headers.XFrameOptions = "DENY";
            return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
        });
    }
}
