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
        InstalledLanguages installed = await new LanguageDetector(new ProcessToolchainProbe(TimeProvider.System)).DetectAsync(catalog, CancellationToken.None);
        services.AddSingleton(catalog);
        services.AddSingleton(installed);
    }
}
