using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;

namespace CodeExec.Containers.Cells;

/// <summary>Answers what cells must know of languages from the catalog.</summary>
internal sealed class CatalogToolchains(LanguageCatalog catalog, InstalledLanguages installed) : IToolchainPaths
{
    public IEnumerable<string> For(string language) => catalog.Find(language)?.ReadOnlyPaths ?? [];

    public ToolchainPreparation? PreparationFor(string language) => catalog.Find(language)?.Preparation;

    public string? VersionOf(string language) => installed.Find(language)?.ToolchainVersion;

    public IReadOnlyList<KeyValuePair<string, string>> EnvironmentFor(string language)
        => catalog.Find(language) is { } found ? [.. ProgramEnvironment.With(found.Run.Environment)] : [];
}
