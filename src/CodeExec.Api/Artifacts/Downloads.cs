using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CodeExec.Api.Artifacts;

/// <summary>Strangers' bytes on their way out: always a download, never of a type that a browser would run.</summary>
internal static class Downloads
{
    public static void BeginDownload(this HttpContext context, string name, long? size)
    {
        ContentDispositionHeaderValue disposition = new("attachment");
        disposition.SetHttpFileName(name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = SafeContentTypes.For(name);
        context.Response.ContentLength = size;
    }
}
