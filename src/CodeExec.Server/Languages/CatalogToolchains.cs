using CodeExec.Containers.Cells;
using CodeExec.Core.Languages;

namespace CodeExec.Server.Languages;

/// <summary>Answers what cells must know of languages from the catalog.</summary>
internal sealed class CatalogToolchains(LanguageCatalog catalog) : IToolchainPaths
{
    public IEnumerable<string> For(string language) => catalog.Find(language)?.ReadOnlyPaths ?? [];

    public IReadOnlyList<KeyValuePair<string, string>> EnvironmentFor(string language)
        => catalog.Find(language) is { } found ? [.. ProgramEnvironment.With(found.Run.Environment)] : [];
}
