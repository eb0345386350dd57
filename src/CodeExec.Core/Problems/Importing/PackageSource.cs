using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Problems.Importing;

/// <summary>Programs as packages have them: a file, or a folder of files.</summary>
internal static class PackageSource
{
    private static readonly Dictionary<string, string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        [".cpp"] = "cpp", [".cc"] = "cpp", [".cxx"] = "cpp", [".c++"] = "cpp", [".h"] = "cpp", [".hpp"] = "cpp", [".py"] = "python", [".py3"] = "python", [".java"] = "java", [".c"] = "c",
        [".js"] = "javascript", [".ts"] = "typescript", [".go"] = "go", [".sh"] = "bash", [".rs"] = "rust", [".kt"] = "kotlin", [".cs"] = "csharp", [".pas"] = "pascal", [".rb"] = "ruby",
    };

    /// <summary>Those of a folder, by their names: each file or folder directly in it is one.</summary>
    public static IEnumerable<(string Name, SubmittedProgram Program)> In(SafeArchive archive, string folder)
        => archive.Paths
            .Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length)
            .GroupBy(path => path[folder.Length..].Split('/')[0], StringComparer.Ordinal)
            .Select(one => (one.Key, Of(archive, one.Key, folder + one.Key, [.. one])))
            .Where(one => one.Item2 is not null)
            .Select(one => (one.Key, one.Item2!));

    /// <summary>By the ending of a file's name; null if it is no program.</summary>
    public static string? LanguageOf(string path) => Languages.GetValueOrDefault(Path.GetExtension(path));

    /// <summary>What may stand in a name here.</summary>
    public static string Name(string name)
    {
        string plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '+' ? c : '_'));
        return plain.Length > 64 ? plain[^64..] : plain;
    }

    private static bool IsHeader(string path) => Path.GetExtension(path) is ".h" or ".hpp";

    private static SubmittedProgram? Of(SafeArchive archive, string name, string path, string[] files)
    {
        if (files is [var only] && only == path)
        {
            string? language = IsHeader(path) ? null : LanguageOf(path) ?? (Path.GetExtension(path) is ".ctd" or ".viva" ? Path.GetExtension(path)[1..] : null);
            return language is null ? null : new SubmittedProgram
            {
                Language = language,
                Entry = name,
                Files = [new SubmittedFile(name, archive.Text(path)), .. language is "c" or "cpp" ? HeadersBeside(archive, path) : []],
            };
        }

        string[] sources = [.. files.Where(file => LanguageOf(file) is not null)];
        string? main = sources.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file).Equals("main", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(file) == "__main__.py")
            ?? sources.FirstOrDefault(file => !IsHeader(file));
        return main is null ? Script(archive, path, files) : new SubmittedProgram
        {
            Language = LanguageOf(main),
            Entry = main[(path.Length + 1)..],
            Files = [.. sources.Select(file => new SubmittedFile(file[(path.Length + 1)..], archive.Text(file)))],
        };
    }

    // validate.h of ICPC's validators.
    private static IEnumerable<SubmittedFile> HeadersBeside(SafeArchive archive, string path)
    {
        string folder = path[..(path.LastIndexOf('/') + 1)];
        return archive.Paths.Where(file => file.StartsWith(folder, StringComparison.Ordinal) && file.LastIndexOf('/') == folder.Length - 1 && IsHeader(file))
            .Select(file => new SubmittedFile(file[folder.Length..], archive.Text(file)));
    }

    /// <summary>A folder with a script "run" of its own, which says in its first line what runs it.</summary>
    private static SubmittedProgram? Script(SafeArchive archive, string path, string[] files)
    {
        string first = archive.Text(path + "/run")?.Split('\n')[0] ?? "";
        (string? language, string ending) = !first.StartsWith("#!", StringComparison.Ordinal) ? (null, "")
            : first.Contains("python", StringComparison.Ordinal) ? ("python", ".py") : first.Contains("sh", StringComparison.Ordinal) ? ("bash", ".sh") : (null, "");
        return language is null ? null : new SubmittedProgram
        {
            Language = language,
            Entry = "run" + ending,
            Files = [new SubmittedFile("run" + ending, archive.Text(path + "/run")), .. files.Where(file => file != path + "/run").Select(file => new SubmittedFile(file[(path.Length + 1)..], archive.Text(file)))],
        };
    }
}
