using CodeExec.Core.Executions.Running;
using CodeExec.Core.Languages;

namespace CodeExec.Core.Containers.Images;

/// <summary>Answers what containers of images must know of languages, from the catalog.</summary>
public sealed class CatalogImages(LanguageCatalog catalog) : IImageLanguages
{
    public IReadOnlyList<KeyValuePair<string, string>> EnvironmentFor(string language)
        => catalog.Find(language) is { } found ? [.. ProgramEnvironment.With(found.Run.Environment)] : [];

    public ContainerLimits? UsualLimitsFor(string language)
        => catalog.Find(language) is { } found ? ExecutionPlanner.UsualLimits(found) : null;
}
