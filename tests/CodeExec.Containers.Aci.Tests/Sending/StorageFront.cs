using System.Net;
using CodeExec.Contracts.Azurite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Aci.Tests.Sending;

/// <summary>Azurite over HTTPS, with a certificate that nobody but who is told trusts, and with a mind of its own.</summary>
internal sealed class StorageFront : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _behind = new();
    private readonly string _authorities = Path.GetTempFileName();
    private Uri _address = null!;
    private Uri _azurite = null!;
    private int _requests;

    private StorageFront(WebApplication app) => _app = app;

    /// <summary>Every so manieth request is carried out, and its answer lost; the one after it fails before it is.</summary>
    public int BreaksEvery { get; set; } = int.MaxValue;

    /// <summary>So many are carried out, no more.</summary>
    public int RefusesAfter { get; set; } = int.MaxValue;

    public int Broken { get; private set; }

    /// <summary>A file of the certificate.</summary>
    public string Authorities => _authorities;

    public static async Task<StorageFront> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(AciFixture.Certificate)));
        WebApplication app = builder.Build();
        StorageFront front = new(app) { _azurite = (await AzuriteProcess.GetAsync()).BlobEndpoint };
        app.Run(front.AnswerAsync);
        await app.StartAsync();
        front._address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await File.WriteAllTextAsync(front._authorities, AciFixture.Certificate.ExportCertificatePem());
        return front;
    }

    /// <summary>The same, by way of this.</summary>
    public Uri Over(Uri address) => new UriBuilder(address) { Scheme = _address.Scheme, Host = _address.Host, Port = _address.Port }.Uri;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _behind.Dispose();
        File.Delete(_authorities);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        int number = Interlocked.Increment(ref _requests);
        if (number > RefusesAfter)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (number > BreaksEvery && number % BreaksEvery == 1)
        {
            Broken++;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        using HttpRequestMessage request = new(new HttpMethod(context.Request.Method), new Uri(_azurite, context.Request.Path + context.Request.QueryString)) { Content = new ByteArrayContent(body.ToArray()) };
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Headers.Where(header => header.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase) || header.Key == "If-None-Match"))
        {
            request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        using HttpResponseMessage answer = await _behind.SendAsync(request);
        if (number % BreaksEvery == 0)
        {
            Broken++;
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
    }
}
