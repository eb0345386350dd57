namespace CodeExec.Core.Languages.Detection;

/// <summary>Finds out which languages this machine can run.</summary>
public sealed class LanguageDetector(IToolchainProbe probe)
{
    /// <summary>Asks for all languages at once; languages with the same question ask it once.</summary>
    public async Task<InstalledLanguages> DetectAsync(LanguageCatalog catalog, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Dictionary<string, Task<string?>> answers = catalog.All
            .Select(language => language.Detection.Command)
            .DistinctBy(KeyOf)
            .ToDictionary(KeyOf, command => probe.RunAsync(command, cancellationToken));
        await Task.WhenAll(answers.Values);
        return new InstalledLanguages(catalog.All.Select(language =>
            new DetectedLanguage(language, answers[KeyOf(language.Detection.Command)].Result is { } output ? language.Detection.ReadVersion(output) : null)));
    }

    private static string KeyOf(IReadOnlyList<string> command) => string.Join('\0', command);
}
