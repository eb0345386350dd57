using System.Collections.Concurrent;
using CodeExec.Containers.Docker.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Docker.Tests.Engine;

/// <summary>Answers on a Unix socket as a Docker engine of a test's choice would.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private FakeEngine(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        Transport = new DockerTransport(Address, TimeSpan.FromMinutes(1), TimeProvider.System);
    }

    public DockerAddress Address => DockerAddress.Parse($"unix://{_folder}/docker.sock");

    public DockerTransport Transport { get; }

    public DockerClient Client => new(Transport);

    /// <summary>Method, path and query of each request, as they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<FakeEngine> StartAsync(Func<HttpContext, Task> answer, string version = "1.41")
    {
        string folder = Directory.CreateTempSubdirectory("codeexec-engine-").FullName;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket($"{folder}/docker.sock"));
        WebApplication app = builder.Build();
        FakeEngine engine = new(app, folder);
        app.Run(context =>
        {
            engine.Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            if (context.Request.Path == "/_ping")
            {
                context.Response.Headers["Api-Version"] = version;
                return context.Response.WriteAsync("OK");
            }

            return answer(context);
        });
        await app.StartAsync();
        return engine;
    }

    /// <summary>One that always says the same.</summary>
    public static Task<FakeEngine> StartAsync(int status, string body, string version = "1.41")
        => StartAsync(
            context =>
            {
                context.Response.StatusCode = status;
                return context.Response.WriteAsync(body);
            },
            version);

    public async ValueTask DisposeAsync()
    {
        Transport.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
