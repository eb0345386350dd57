using System.Text.Json;
using System.Text.RegularExpressions;
using CodeExec.Core.Executions;

namespace CodeExec.Core.Languages.Loading;

/// <summary>Reads one language file.</summary>
/// <param name="readSupportFile">Gives the bytes of a file beside the language file, or null if there is none.</param>
public sealed partial class LanguageFileReader(Func<string, byte[]?> readSupportFile)
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <returns>The language; of no use if <paramref name="mistakes"/> has grown.</returns>
    public Language? Read(string file, string json, ICollection<LanguageMistake> mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return ReadLanguage(new MemberReader(document.RootElement, file, "", mistakes));
            }

            mistakes.Add(new LanguageMistake(file, "", "must be one JSON object."));
        }
        catch (JsonException exception)
        {
            mistakes.Add(new LanguageMistake(file, "", $"is not JSON: {exception.Message}"));
        }

        return null;
    }

    private Language ReadLanguage(MemberReader members)
    {
        string id = members.Text("id");
        if (id.Length > 0 && !Identifier().IsMatch(id))
        {
            members.Wrong("id", "may have a-z, 0-9, '-', '_', '+' and '#', and starts with a letter", 0);
        }

        Language language = new()
        {
            Id = id,
            Name = members.Text("name"),
            Aliases = members.OptionalTexts("aliases"),
            Extensions = LanguageParts.Extensions(members),
            Entry = LanguageParts.Entry(members),
            Versions = members.OptionalObjects("versions").Select(LanguageParts.Version).ToArray(),
            Detection = LanguageParts.Detection(members),
            Install = LanguageParts.Install(members),
            Compile = LanguageParts.Command(members.OptionalObject("compile"), isCompile: true),
            Run = LanguageParts.Command(members.Object("run"), isCompile: false)!,
            Failure = LanguageParts.Failure(members),
            Limits = LanguageParts.Limits(members.Object("limits")),
            CompileLimits = LanguageParts.CompileLimits(members),
            WarmUp = LanguageParts.WarmUp(members.OptionalObject("warmUp")),
            Image = members.Text("image"),
            ReadOnlyPaths = LanguageParts.Paths(members),
            Preparation = ReadPreparation(members.OptionalObject("prepare")),
            SupportFiles = members.OptionalObjects("supportFiles").Select(ReadSupportFile).ToArray(),
        };
        members.RefuseOthers();
        CheckWhole(members, language);
        return language;
    }

    /// <summary>What no member can say alone.</summary>
    private static void CheckWhole(MemberReader members, Language language)
    {
        if (language.Versions.Count > 0 && language.Versions.Count(version => version.IsDefault) != 1)
        {
            members.Wrong("versions", "needs exactly one version with \"default\": true", 0);
        }

        foreach (string name in language.Versions.SelectMany(version => version.Aliases.Prepend(version.Id)).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            members.Wrong("versions", $"'{name}' stands for more than one version", 0);
        }

        if (language.Entry.Classes is null && (language.Run?.Command.Uses("mainClass") == true || language.Compile?.Command.Uses("mainClass") == true))
        {
            members.Wrong("entry.classes", "is missing; {mainClass} needs to know how to find the class", 0);
        }

        if (language.Run is { Command: { } run } && (run.Uses("compileArgs") || run.Uses("sources")))
        {
            members.Wrong("run.command", "{compileArgs} and {sources} belong to the compile command", 0);
        }
    }

    private ToolchainPreparation? ReadPreparation(MemberReader? members)
    {
        if (members is null)
        {
            return null;
        }

        ToolchainPreparation read = new(members.OptionalObjects("files").Select(ReadSupportFile).ToArray(), members.Commands("commands"));
        members.RefuseOthers();
        return read;
    }

    private SourceFile ReadSupportFile(MemberReader members)
    {
        string path = members.Text("path");
        string from = members.Text("from");
        members.RefuseOthers();
        if (!LanguageParts.IsInside(path))
        {
            members.Wrong("path", "must stay inside of the workspace", 0);
        }

        byte[]? content = !LanguageParts.IsInside(from) ? null : readSupportFile(from);
        return new SourceFile(path, content ?? members.Wrong("from", $"there is no file '{from}' in the folder of the language file", Array.Empty<byte>()));
    }

    [GeneratedRegex("^[a-z][a-z0-9_+#-]*$")]
    private static partial Regex Identifier();
}
