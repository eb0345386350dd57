using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Languages.Loading;

namespace CodeExec.Api.Tests.Hosting;

/// <summary>The languages that come with the project, as if all but Go were installed.</summary>
public static class KnownLanguages
{
    public static readonly LanguageCatalog Catalog = LanguageFiles.Load(Folder());

    public static readonly InstalledLanguages Installed = new(Catalog.All.Select(language => new DetectedLanguage(language, language.Id switch
    {
        "python" => "3.11.2",
        "javascript" or "typescript" => "18.20.4",
        "go" => null,
        "java" => "17.0.13",
        _ => "12.2.0",
    })));

    private static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CodeExec.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository."), "languages");
    }
}
