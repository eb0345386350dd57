using System.Security.Cryptography;
using System.Text;
using CodeExec.Api.Access;
using CodeExec.Containers.Aci;
using CodeExec.Containers.Cells;
using CodeExec.Containers.Docker;
using CodeExec.Core.Containers.Pool;
using CodeExec.Engine.Embedded;

namespace CodeExec.Server.Hosting;

/// <summary>Binds the settings of this host's parts, and those that follow from others.</summary>
internal static class SettingsSetUp
{
    public static void AddSettings(this WebApplicationBuilder builder, string dataFolder)
    {
        ConfigurationManager settings = builder.Configuration;
        builder.Services.AddOptionsWithValidateOnStart<ServerOptions, ServerOptionsValidator>().BindConfiguration(ServerOptions.Section);
        ServerOptions server = settings.GetSection(ServerOptions.Section).Get<ServerOptions>() ?? new();
        AuthOptions auth = settings.GetSection(AuthOptions.Section).Get<AuthOptions>() ?? new();
        bool hasKeys = auth.Keys.Count > 0 || auth.Jwt.Issuer is { Length: > 0 };
        bool loopback = Addresses.IsLoopback(server.Address);
        if (!hasKeys && !loopback)
        {
            throw new StartUpException(Addresses.WhyNot(server.Address));
        }

        builder.Services.PostConfigure<AuthOptions>(options => options.Open = !hasKeys);
        builder.Services.Configure<CellsOptions>(settings.GetSection(CellsOptions.Section));
        builder.Services.PostConfigure<CellsOptions>(options => options.HostName = NameOf(dataFolder));
        builder.Services.Configure<DockerOptions>(settings.GetSection(DockerOptions.Section));
        builder.Services.PostConfigure<DockerOptions>(options => options.HostName = NameOf(dataFolder));
        builder.Services.Configure<AciOptions>(settings.GetSection(AciOptions.Section));
        builder.Services.PostConfigure<AciOptions>(options => options.HostName = NameOf(dataFolder));
        builder.Services.AddOptionsWithValidateOnStart<ContainerPoolOptions, ContainerPoolOptionsValidator>().BindConfiguration(ContainerPoolOptions.Section);
        builder.Services.Configure<EmbeddedEngineOptions>(settings.GetSection(EmbeddedEngineOptions.Section));
        builder.Services.PostConfigure<EmbeddedEngineOptions>(options => options.ShutdownGrace = server.ShutdownGrace);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = server.ShutdownGrace + TimeSpan.FromSeconds(20));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // Api:MaxBodyBytes counts for every host
        });
        builder.WebHost.UseUrls($"http://{(server.Address.Contains(':') ? $"[{server.Address}]" : server.Address)}:{server.Port}");
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning); // the start-up report says it better
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical); // a start that failed is told by StartUpProblems, or thrown
    }

    // Two hosts on one machine must not take each other's cells for their own leftovers.
    private static string NameOf(string dataFolder)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataFolder)))[..12];
}
