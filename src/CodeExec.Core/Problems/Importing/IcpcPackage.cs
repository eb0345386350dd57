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
        bool scoring = validation.Contains("score", StringComparison.Ordinal) || type.Contains("scoring", StringComparison.Ordinal);
        bool custom = validation.StartsWith("custom", StringComparison.Ordinal) || (yaml.GetValueOrDefault("problem_format_version")?.StartsWith("20", StringComparison.Ordinal) == true && HasValidator(archive)); // newer ones do not say so
        string flags = yaml.GetValueOrDefault("validator_flags") ?? yaml.GetValueOrDefault("output_validator_args") ?? "";
        if (validation.Contains("multi", StringComparison.Ordinal) || type.Contains("multi-pass", StringComparison.Ordinal))
        {
            throw new ArchiveRefusedException("The problem runs each program several times in a row (multi-pass), which this server does not.");
        }

        SubmittedChecker? CheckerOf(string words) => interactive ? null : custom ? new SubmittedChecker { Type = "program", Program = Validator(archive, words) } : Checker(words);
        SubmittedLimits limits = new()
        {
            CpuTimeMs = (long?)(seconds * 1000),
            WallTimeMs = seconds is { } one ? (long)(one * 2000) + 1000 : null,
            MemoryMb = (long?)memory,
            OutputKb = Number(yaml.GetValueOrDefault("limits.output")) is { } mb ? (long)mb * 1024 : null,
        };
        return new ProblemDraft
        {
            Title = yaml.GetValueOrDefault("name") ?? yaml.GetValueOrDefault("name.en") ?? yaml.FirstOrDefault(one => one.Key.StartsWith("name.", StringComparison.Ordinal)).Value ?? ini.GetValueOrDefault("name"),
            Limits = limits == new SubmittedLimits() ? null : new Dictionary<string, SubmittedLimits> { [Problem.AnyLanguage] = limits },
            Authoring = IcpcAuthoring.Read(archive),
            Suite = new IcpcTests(archive, scoring, interactive, words => words == flags ? null : CheckerOf(words)).Read(hidden) with
            {
                Checker = CheckerOf(flags),
                Interactor = interactive ? Validator(archive, flags) : null,
            },
        };
    }

    private static bool HasValidator(SafeArchive archive) => archive.Paths.Any(path => Folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)));

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
        SubmittedProgram? program = Folders.SelectMany(folder => PackageSource.In(archive, folder)).Select(one => one.Program).FirstOrDefault(one => one.Language is not ("ctd" or "viva"))
            ?? throw new ArchiveRefusedException("problem.yaml asks for a validator of its own, but output_validators/ has no program in a language that is known here.");
        return program with { Args = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries), Protocol = "icpc" };
    }

    private static decimal? Number(string? text)
        => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number) && number > 0
            ? number
            : null;
}
