namespace CodeExec.Core.Languages.Loading;

/// <summary>The language files of some folders: those that come with the program, and those that its user adds.</summary>
public static class LanguageFiles
{
    /// <param name="folders">A folder that does not exist has no languages.</param>
    /// <exception cref="LanguageFilesException">Some files have mistakes; it lists all of them.</exception>
    public static LanguageCatalog Load(params IEnumerable<string> folders)
    {
        List<LanguageMistake> mistakes = [];
        List<(string File, Language Language)> read = [];
        foreach (string file in folders.Where(Directory.Exists).SelectMany(FilesOf))
        {
            LanguageFileReader reader = new(name => ReadBeside(file, name));
            if (reader.Read(file, File.ReadAllText(file), mistakes) is { } language)
            {
                read.Add((file, language));
            }
        }

        mistakes.AddRange(NamesUsedTwice(read));
        if (mistakes.Count == 0 && read.Count == 0)
        {
            mistakes.Add(new LanguageMistake(string.Join(", ", folders), "", "there is no language file (*.json) here; set Languages:Path to the folder that has them."));
        }

        return mistakes.Count == 0 ? new LanguageCatalog(read.Select(each => each.Language)) : throw new LanguageFilesException(mistakes);
    }

    private static IEnumerable<string> FilesOf(string folder) => Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal);

    private static byte[]? ReadBeside(string languageFile, string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(languageFile)!, name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    private static IEnumerable<LanguageMistake> NamesUsedTwice(IEnumerable<(string File, Language Language)> read)
        => read
            .SelectMany(each => each.Language.Aliases.Prepend(each.Language.Id), (each, name) => (each.File, Name: name))
            .GroupBy(each => each.Name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1)
            .SelectMany(same => same.Skip(1), (same, again) => new LanguageMistake(
                again.File, "id or aliases", $"'{again.Name}' is taken by {same.First().File}; choose another name or take one of the files away"));
}
