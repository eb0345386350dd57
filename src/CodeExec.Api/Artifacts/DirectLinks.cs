using CodeExec.Api.Hosting;
using CodeExec.Core.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CodeExec.Api.Artifacts;

/// <summary>Answers with where a blob can be read directly, for who asks for that (<c>?link=true</c>) where the store can do it.</summary>
/// <param name="links">A store that can let a client read a blob directly; none or one.</param>
internal sealed class DirectLinks(IEnumerable<IBlobLinks> links)
{
    private readonly IBlobLinks? _links = links.SingleOrDefault();

    /// <returns>False if the bytes are wanted, or there is no such blob.</returns>
    public async Task<bool> TryAnswerAsync(HttpContext context, string blob, string fileName)
    {
        bool isWanted = context.Request.Query.TryGetValue("link", out StringValues wanted) && wanted == "true";
        if (_links is null || !isWanted || await _links.CreateAsync(blob, fileName, context.RequestAborted) is not { } link)
        {
            return false;
        }

        context.Response.Headers.CacheControl = "no-store"; // whoever has the link may read
        await context.WriteAsync(StatusCodes.Status200OK, new ArtifactLinkView(link.Address.AbsoluteUri, link.ExpiresAt), ApiJson.Default.ArtifactLinkView);
        return true;
    }
}
