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
            Extensions = ReadExtensions(members),
            Entry = ReadEntry(members),
            Versions = members.OptionalObjects("versions").Select(ReadVersion).ToArray(),
            Detection = ReadDetection(members),
            Install = ReadInstall(members),
            Compile = ReadCommand(members.OptionalObject("compile"), isCompile: true),
            Run = ReadCommand(members.Object("run"), isCompile: false)!,
            Limits = ReadLimits(members.Object("limits")),
            CompileLimits = ReadCompileLimits(members),
            WarmUp = ReadWarmUp(members.OptionalObject("warmUp")),
            Image = members.Text("image"),
            ReadOnlyPaths = ReadPaths(members),
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

    private static IReadOnlyList<string> ReadExtensions(MemberReader members)
    {
        IReadOnlyList<string> extensions = members.Texts("extensions");
        return extensions.All(extension => extension.StartsWith('.') && extension.Length > 1)
            ? extensions
            : members.Wrong("extensions", "must each start with a dot, like \".py\"", extensions);
    }

    private static EntryRule ReadEntry(MemberReader members)
    {
        if (members.Object("entry") is not { } entry)
        {
            return new EntryRule("");
        }

        string fileName = entry.Text("fileName");
        if (!IsRelative(fileName))
        {
            entry.Wrong("fileName", "must be a plain file name, without folders", 0);
        }

        ClassRule? classes = ReadClasses(entry.OptionalObject("classes"));
        entry.RefuseOthers();
        return new EntryRule(fileName, classes);
    }

    private static ClassRule? ReadClasses(MemberReader? members)
    {
        if (members is null)
        {
            return null;
        }

        ClassRule rule = new(members.OptionalPattern("ignore"), members.OptionalPattern("package", "name"), members.Pattern("declaration", "name"), members.Pattern("main"));
        members.RefuseOthers();
        return rule;
    }

    private static LanguageVersion ReadVersion(MemberReader members)
    {
        LanguageVersion version = new(members.Text("id"))
        {
            Aliases = members.OptionalTexts("aliases"),
            Arguments = members.OptionalTexts("arguments"),
            IsDefault = members.OptionalBoolean("default"),
        };
        members.RefuseOthers();
        return version;
    }

    private static ToolchainDetection ReadDetection(MemberReader members)
    {
        if (members.Object("detect") is not { } detect)
        {
            return new ToolchainDetection([], new Regex(""));
        }

        ToolchainDetection detection = new(detect.Texts("command"), detect.Pattern("pattern", "version"));
        detect.RefuseOthers();
        return detection.Command.Count > 0 ? detection : detect.Wrong("command", "needs at least the program", detection);
    }

    private static ToolchainInstall ReadInstall(MemberReader members)
    {
        if (members.Object("install") is not { } install)
        {
            return new ToolchainInstall([], "");
        }

        ToolchainInstall read = new(install.OptionalTexts("apt"), install.OptionalText("hint"));
        install.RefuseOthers();
        return read.AptPackages.Count > 0 || read.Hint is not null ? read : install.Wrong("apt", "is missing; name packages here, or say in \"hint\" what to do", read);
    }

    private static LanguageCommand? ReadCommand(MemberReader? members, bool isCompile)
    {
        if (members is null)
        {
            return null;
        }

        CommandTemplate? template = CommandTemplate.Parse(members.Texts("command"), out IReadOnlyList<string> wrong);
        foreach (string mistake in wrong)
        {
            members.Wrong("command", mistake, 0);
        }

        IReadOnlyDictionary<string, string> environment = members.OptionalTextsByName("environment");
        IReadOnlyList<string> keep = isCompile ? members.Texts("keep") : [];
        members.RefuseOthers();
        return template is null ? null : new LanguageCommand(template) { Environment = environment, Keep = keep };
    }

    private static ResourceLimits ReadCompileLimits(MemberReader members)
        => members.OptionalObject("compile") is null
            ? StandardCompileLimits
            : ReadLimits(members.Object("compileLimits"));

    /// <summary>For languages that do not compile: every execution has both kinds of limits.</summary>
    private static ResourceLimits StandardCompileLimits { get; }
        = new() { WallTimeMs = 30_000, CpuTimeMs = 30_000, MemoryMb = 1024, Processes = 64, OutputKb = 1024, WorkspaceMb = 64 };

    private static ResourceLimits ReadLimits(MemberReader? members)
    {
        if (members is null)
        {
            return StandardCompileLimits;
        }

        ResourceLimits limits = new()
        {
            WallTimeMs = members.Positive("wallTimeMs"),
            CpuTimeMs = members.Positive("cpuTimeMs"),
            MemoryMb = members.Positive("memoryMb"),
            Processes = members.Positive("processes"),
            OutputKb = members.Positive("outputKb"),
            WorkspaceMb = members.Positive("workspaceMb"),
        };
        members.RefuseOthers();
        return limits;
    }

    private static WarmUp ReadWarmUp(MemberReader? members)
    {
        if (members is null)
        {
            return WarmUp.None;
        }

        WarmUpKind kind = members.Text("kind") switch
        {
            "start" => WarmUpKind.Start,
            "fork" => WarmUpKind.Fork,
            _ => members.Wrong("kind", "must be \"start\" or \"fork\"; leave out warmUp for none", WarmUpKind.None),
        };
        WarmUp read = new(kind, members.Text("interpreter"), members.OptionalTexts("coldWhenEnv"));
        members.RefuseOthers();
        return read;
    }

    private static IReadOnlyList<string> ReadPaths(MemberReader members)
    {
        IReadOnlyList<string> paths = members.OptionalTexts("readOnlyPaths");
        return paths.All(path => path.StartsWith('/') && !path.Split('/').Contains(".."))
            ? paths
            : members.Wrong("readOnlyPaths", "must be absolute paths", paths);
    }

    private SourceFile ReadSupportFile(MemberReader members)
    {
        string path = members.Text("path");
        string from = members.Text("from");
        members.RefuseOthers();
        if (!IsInside(path))
        {
            members.Wrong("path", "must stay inside of the workspace", 0);
        }

        byte[]? content = !IsInside(from) ? null : readSupportFile(from);
        return new SourceFile(path, content ?? members.Wrong("from", $"there is no file '{from}' in the folder of the language file", Array.Empty<byte>()));
    }

    private static bool IsInside(string path) => !Path.IsPathRooted(path) && !path.Split('/').Contains("..");

    private static bool IsRelative(string fileName) => IsInside(fileName) && !fileName.Contains('/');

    [GeneratedRegex("^[a-z][a-z0-9_+#-]*$")]
    private static partial Regex Identifier();
}
