using System.Text.RegularExpressions;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Languages.Loading;

namespace CodeExec.Core.Tests.Languages;

/// <summary>docs/languages.md shows how to add a language; what it shows works.</summary>
public partial class DocumentedLanguageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "languages.md"));

    [Fact]
    public void Load_TheDocumentedFileBesideTheBuiltInOnes_AddsTheLanguage()
    {
        using LanguageFolder folder = new();
        folder.Write("ruby.json", DocumentedFile());

        LanguageCatalog catalog = LanguageFiles.Load(RepositoryFolder.Languages, folder.Path);

        Assert.Equal("ruby", catalog.Find("rb")?.Id);
        Assert.NotNull(catalog.Find("python"));
    }

    [SkippableFact]
    public async Task Run_AProgramOfTheDocumentedLanguage_PrintsWhatItShould()
    {
        using LanguageFolder folder = new();
        folder.Write("ruby.json", DocumentedFile());
        LanguageCatalog catalog = LanguageFiles.Load(folder.Path);
        InstalledLanguages installed = await new LanguageDetector(new ProcessToolchainProbe(TimeProvider.System)).DetectAsync(catalog, CancellationToken.None);
        DetectedLanguage ruby = installed.Find("ruby")!;
        Skip.IfNot(ruby.IsInstalled, $"Ruby is not installed: {ruby.InstallHint}");
        EntryChoice choice = EntryChoice.Make(ruby.Language, "puts \"Hello from Ruby #{RUBY_VERSION}\"", [], null);
        ProgramPlan plan = ProgramPlan.For(ruby.Language, SpecOf.Program(ruby.Language, choice, ruby.ToolchainVersion));
        using HostRun host = new();
        host.LayOut(plan.Files);

        Assert.Equal((0, $"Hello from Ruby {ruby.ToolchainVersion}\n"), await host.RunAsync(plan.RunCommand, plan.RunEnvironment));
    }

    [Fact]
    public void TheTableOfLanguages_NamesEachOneWithItsAliases()
    {
        foreach (Language language in LanguageFiles.Load(RepositoryFolder.Languages).All)
        {
            Assert.Contains($"| `{language.Id}` | {string.Join(", ", language.Aliases)} |", Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheTableOfPlaceholders_NamesEachOne()
        => Assert.All(CommandTemplate.Placeholders, name => Assert.Contains($"`{{{name}}}`", Page, StringComparison.Ordinal));

    private static string DocumentedFile() => JsonBlock().Match(Page) is { Success: true } match
        ? match.Groups["json"].Value
        : throw new InvalidOperationException("docs/languages.md shows no JSON.");

    [GeneratedRegex("^```json\n(?<json>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex JsonBlock();
}
