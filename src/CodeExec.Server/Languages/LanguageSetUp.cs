using CodeExec.Containers.Aci;
using CodeExec.Containers.Docker;
using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Images;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Languages.Loading;
using CodeExec.Server.Hosting;

namespace CodeExec.Server.Languages;

/// <summary>Reads the language files and finds out what is installed, before anything else starts.</summary>
internal static class LanguageSetUp
{
    /// <exception cref="LanguageFilesException">Some files have mistakes; it lists all of them.</exception>
    public static async Task AddLanguagesAsync(this WebApplicationBuilder builder, string dataFolder)
    {
        LanguagesOptions options = builder.Configuration.GetSection(LanguagesOptions.Section).Get<LanguagesOptions>() ?? new();
        LanguageCatalog catalog = LanguageFiles.Load(options.Path ?? FindFolder(), Path.Combine(dataFolder, "languages"));
        InstalledLanguages installed = builder.Configuration.DefaultProvider() switch
        {
            ContainersSetUp.Aci => GroupLanguages.Of(catalog, builder.Configuration.GetSection(AciOptions.Section).Get<AciOptions>() ?? new()),
            ContainersSetUp.Docker => await DetectInImagesAsync(builder, catalog),
            _ => await new LanguageDetector(new ProcessToolchainProbe(TimeProvider.System)).DetectAsync(catalog, CancellationToken.None),
        };
        builder.Services.AddSingleton(catalog);
        builder.Services.AddSingleton(installed);
        builder.Services.Configure<LanguagesOptions>(builder.Configuration.GetSection(LanguagesOptions.Section));
    }

    // With a provider of its own: that of the host begins with the host.
    private static async Task<InstalledLanguages> DetectInImagesAsync(WebApplicationBuilder builder, LanguageCatalog catalog)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<IImageLanguages>(new CatalogImages(catalog));
        services.Configure<DockerOptions>(builder.Configuration.GetSection(DockerOptions.Section));
        services.AddDocker();
        await using ServiceProvider provider = services.BuildServiceProvider();
        IContainerProvider docker = provider.GetRequiredService<IContainerProvider>();
        ProviderHealth health = await docker.CheckAsync(CancellationToken.None);
        return health.Problem is { } problem
            ? throw new StartUpException($"{ContainersSetUp.Setting} is docker, and nothing can run there: {problem}")
            : await new ImageLanguages(docker).DetectAsync(catalog, CancellationToken.None);
    }

    // Beside the host when it was published; in the repository when it was built there.
    private static string FindFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "languages");
            if (Directory.Exists(candidate) && Directory.EnumerateFiles(candidate, "*.json").Any())
            {
                return candidate;
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "languages");
    }
}
