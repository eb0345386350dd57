using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;

namespace CodeExec.Containers.Aci;

/// <summary>
/// Which languages container groups have: those with an image. A group is not started to ask its toolchain, so the version is what the
/// image's tag says.
/// </summary>
public static class GroupLanguages
{
    private const string NoTag = "latest";

    public static InstalledLanguages Of(LanguageCatalog catalog, AciOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new InstalledLanguages(catalog.All.Select(language => (options.Images.GetValueOrDefault(language.Id) ?? language.Image) is { } image
            ? new DetectedLanguage(language, TagOf(image))
            : new DetectedLanguage(language, null, $"name its image in its language file, or in Aci:Images:{language.Id}")));
    }

    // After the last colon, unless that one is of the registry's port.
    private static string TagOf(string image)
    {
        string last = image.Split('/')[^1].Split('@')[0];
        int colon = last.LastIndexOf(':');
        return colon < 0 ? NoTag : last[(colon + 1)..];
    }
}
