using System.Globalization;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Problems.Importing;

/// <summary>A package in the problem format of ICPC (Kattis, DOMjudge): data/sample, data/secret, problem.yaml, output validators.</summary>
internal static class IcpcPackage
{
    /// <summary>The second one since version 2023-07 of the format.</summary>
    private static readonly string[] Folders = ["output_validators/", "output_validator/"];

    public static ProblemDraft Read(SafeArchive archive, bool hidden)
    {
        IReadOnlyDictionary<string, string> yaml = PlainYaml.Read(archive.Text("problem.yaml") ?? "");
        IReadOnlyDictionary<string, string> ini = PlainYaml.ReadIni(archive.Text("domjudge-problem.ini") ?? "");
        decimal? seconds = Number(yaml.GetValueOrDefault("limits.time_limit") ?? ini.GetValueOrDefault("timelimit") ?? archive.Text(".timelimit")?.Trim());
        decimal? memory = Number(yaml.GetValueOrDefault("limits.memory"));
        string validation = yaml.GetValueOrDefault("validation") ?? "", type = yaml.GetValueOrDefault("type") ?? "";
        bool interactive = validation.Contains("interactive", StringComparison.Ordinal) || type.Contains("interactive", StringComparison.Ordinal);
        bool custom = validation.StartsWith("custom", StringComparison.Ordinal);
        string flags = yaml.GetValueOrDefault("validator_flags") ?? "";
        SubmittedLimits limits = new()
        {
            CpuTimeMs = (long?)(seconds * 1000),
            WallTimeMs = seconds is { } one ? (long)(one * 2000) + 1000 : null,
            MemoryMb = (long?)memory,
            OutputKb = Number(yaml.GetValueOrDefault("limits.output")) is { } mb ? (long)mb * 1024 : null,
        };
        return new ProblemDraft
        {
            Title = yaml.GetValueOrDefault("name") ?? yaml.GetValueOrDefault("name.en") ?? ini.GetValueOrDefault("name"),
            Limits = limits == new SubmittedLimits() ? null : new Dictionary<string, SubmittedLimits> { [Problem.AnyLanguage] = limits },
            Authoring = IcpcAuthoring.Read(archive),
            Suite = new SubmittedSuite
            {
                Tests = [.. TestPairs.Find(archive, "data/sample/", hidden).Select(test => test with { Id = "sample/" + test.Id }), .. TestPairs.Find(archive, "data/secret/", hidden)],
                Checker = interactive ? null : custom ? new SubmittedChecker { Type = "program", Program = Validator(archive, flags) } : Checker(flags),
                Interactor = interactive ? Validator(archive, flags) : null,
                StopOn = "firstFailure",
            },
        };
    }

    /// <summary>The format's own validator, as its flags have it.</summary>
    private static SubmittedChecker Checker(string flags)
    {
        string[] words = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double? After(string flag) => Array.IndexOf(words, flag) is >= 0 and int at && at + 1 < words.Length ? (double?)Number(words[at + 1]) : null;
        double? tolerance = After("float_tolerance"), absolute = After("float_absolute_tolerance") ?? tolerance, relative = After("float_relative_tolerance") ?? tolerance;
        return absolute is not null || relative is not null ? new SubmittedChecker { Type = "float", Absolute = absolute, Relative = relative }
            : words.Contains("space_change_sensitive") ? new SubmittedChecker { Type = "exact" }
            : new SubmittedChecker { Type = words.Contains("case_sensitive") ? "tokens" : "caseInsensitive" };
    }

    private static SubmittedProgram Validator(SafeArchive archive, string flags)
    {
        string[] files = [.. archive.Paths.Where(path => Folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) && PackageSource.LanguageOf(path) is not null)];
        string main = files.FirstOrDefault(path => Path.GetExtension(path) is not (".h" or ".hpp"))
            ?? throw new ArchiveRefusedException("problem.yaml asks for a validator of its own, but output_validators/ has no program in a language that is known here.");
        string folder = main[..(main.LastIndexOf('/') + 1)];
        return new SubmittedProgram
        {
            Language = PackageSource.LanguageOf(main),
            Entry = main[folder.Length..],
            Files = [.. files.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(path => new SubmittedFile(path[folder.Length..], archive.Text(path)))],
            Args = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Protocol = "icpc",
        };
    }

    private static decimal? Number(string? text)
        => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number) && number > 0
            ? number
            : null;
}
