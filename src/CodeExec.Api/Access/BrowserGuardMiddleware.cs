using System.Net;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Access;

/// <summary>
/// Keeps web pages of others from using a visitor's browser to reach this server: by requests that change something, by sockets
/// (which browsers let every page open), and, where no key is needed, under a name of the page's own that points here.
/// </summary>
internal sealed class BrowserGuardMiddleware(RequestDelegate next, IOptions<AuthOptions> auth, IOptions<ApiOptions> api)
{
    private readonly bool _open = auth.Value.Open;
    private readonly HashSet<string> _allowed = new(api.Value.AllowedOrigins, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (_open && !IsLoopback(request.Host))
        {
            return context.RefuseAsync(new(ProblemTypes.ForeignHost, "This server runs without keys and answers only to localhost, 127.0.0.1 and [::1]. Use one of these, or configure a key (Auth:Keys)."));
        }

        string origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsOwn(origin, request.Host) && !_allowed.Contains(origin) && NeedsOwnOrigin(request))
        {
            return context.RefuseAsync(new(ProblemTypes.ForeignOrigin, "A web page of another origin may not do this. If it is yours, add its origin to Api:AllowedOrigins."));
        }

        return next(context);
    }

    private static bool NeedsOwnOrigin(HttpRequest request)
        => !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);

    private static bool IsOwn(string origin, HostString host)
    {
        int scheme = origin.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0 && origin.AsSpan(scheme + 3).Equals(host.Value, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsLoopback(HostString host)
    {
        string name = host.HasValue ? host.Host.Trim('[', ']') : "";
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out IPAddress? address) && IPAddress.IsLoopback(address));
    }
}
