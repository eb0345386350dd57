namespace CodeExec.Core.Languages.Detection;

/// <summary>All languages of the catalog, with what this machine has of them.</summary>
public sealed class InstalledLanguages(IEnumerable<DetectedLanguage> languages)
{
    private readonly Dictionary<string, DetectedLanguage> _byId = languages.ToDictionary(detected => detected.Language.Id);

    public IReadOnlyList<DetectedLanguage> All => _byId.Values.OrderBy(detected => detected.Language.Id, StringComparer.Ordinal).ToArray();

    public IEnumerable<DetectedLanguage> Installed => All.Where(detected => detected.IsInstalled);

    public IEnumerable<DetectedLanguage> Missing => All.Where(detected => !detected.IsInstalled);

    /// <param name="id">A language's id as the catalog has it; aliases are the catalog's business.</param>
    public DetectedLanguage? Find(string id) => _byId.GetValueOrDefault(id);
}
