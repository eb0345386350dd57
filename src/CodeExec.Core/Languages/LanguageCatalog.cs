namespace CodeExec.Core.Languages;

/// <summary>All languages that this host knows, installed or not.</summary>
public sealed class LanguageCatalog
{
    private readonly Dictionary<string, Language> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">Two languages share an id or an alias; <see cref="Loading.LanguageFiles"/> says so in better words.</exception>
    public LanguageCatalog(IEnumerable<Language> languages)
    {
        All = languages.OrderBy(language => language.Id, StringComparer.Ordinal).ToArray();
        foreach (Language language in All)
        {
            foreach (string name in language.Aliases.Prepend(language.Id))
            {
                _byName.Add(name, language);
            }
        }
    }

    public IReadOnlyList<Language> All { get; }

    /// <param name="name">An id or an alias, in upper or lower case.</param>
    public Language? Find(string? name) => name is null ? null : _byName.GetValueOrDefault(name.Trim());
}
