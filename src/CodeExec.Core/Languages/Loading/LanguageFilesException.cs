namespace CodeExec.Core.Languages.Loading;

/// <summary>Language files have mistakes. All of them are listed; the host does not start until they are mended.</summary>
public sealed class LanguageFilesException(IReadOnlyList<LanguageMistake> mistakes)
    : Exception($"The language files have mistakes (docs/languages.md tells what a file may say):{string.Concat(mistakes.Select(mistake => $"\n  {mistake}"))}")
{
    public IReadOnlyList<LanguageMistake> Mistakes { get; } = mistakes;
}
