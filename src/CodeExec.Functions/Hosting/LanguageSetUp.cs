using CodeExec.Containers.Aci;
using CodeExec.Containers.Docker;
using CodeExec.Core.Containers;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Languages.Loading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Hosting;

/// <summary>The language files lie beside the app.</summary>
internal static class LanguageSetUp
{
    /// <exception cref="LanguageFilesException">Some files have mistakes; it lists all of them.</exception>
    public static async Task AddLanguagesAsync(this IServiceCollection services, IConfiguration settings)
    {
        LanguageCatalog catalog = LanguageFiles.Load(settings["Languages:Path"] ?? Path.Combine(AppContext.BaseDirectory, "languages"), settings["Languages:OwnPath"] ?? "");
        InstalledLanguages installed = settings.Provider() switch
        {
            ContainersSetUp.Aci => GroupLanguages.Of(catalog, settings.GetSection(AciOptions.Section).Get<AciOptions>() ?? new()),
            ContainersSetUp.Docker => await DetectInImagesAsync(settings, catalog),
            _ => await new LanguageDetector(new ProcessToolchainProbe(TimeProvider.System)).DetectAsync(catalog, CancellationToken.None),
        };
        services.AddSingleton(catalog);
        services.AddSingleton(installed);
    }

    // With a provider of its own: that of the host begins with the host.
    private static async Task<InstalledLanguages> DetectInImagesAsync(IConfiguration settings, LanguageCatalog catalog)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(settings);
        services.AddSingleton(catalog);
        services.AddContainers(settings);
        await using ServiceProvider provider = services.BuildServiceProvider();
        IContainerProvider docker = provider.GetRequiredService<IContainerProvider>();
        ProviderHealth health = await docker.CheckAsync(CancellationToken.None);
        return health.Problem is { } problem
            ? throw new InvalidOperationException($"{ContainersSetUp.Setting} is docker, and nothing can run there: {problem}")
            : await new ImageLanguages(docker).DetectAsync(catalog, CancellationToken.None);
    }
}
