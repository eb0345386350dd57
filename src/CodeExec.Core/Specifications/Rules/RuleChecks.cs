using System.Globalization;
using System.Text.RegularExpressions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.SourceCode;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Running;

namespace CodeExec.Core.Specifications.Rules;

/// <summary>Checks the rules of a specification: against the sources, and against what its tests cost.</summary>
public static class RuleChecks
{
    public static IReadOnlyList<RuleResult> Check(ValidationRequest request, IReadOnlyList<ValidatedTest> tests)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<SourceFile> files = ProgramSources.Read(request.Program);
        return [.. request.Content.Rules.Select(rule => Check(rule, request.Program.Language!, files, tests))];
    }

    public static RuleResult Check(ValidationRule rule, string language, IReadOnlyList<SourceFile> files, IReadOnlyList<ValidatedTest> tests)
    {
        ArgumentNullException.ThrowIfNull(rule);
        string? broken = rule.Type switch
        {
            ValidationRuleType.RequiredText => files.Any(file => file.Commentless.Contains(rule.Text!, StringComparison.Ordinal)) ? null : $"{Texts.Quote(rule.Text!)} is nowhere in the code.",
            ValidationRuleType.ForbiddenText => Find(files, file => file.Commentless.IndexOf(rule.Text!, StringComparison.Ordinal), $"{Texts.Quote(rule.Text!)} is not allowed"),
            ValidationRuleType.RequiredPattern => Match(files, rule) is null ? "The code has nothing of the required pattern." : null,
            ValidationRuleType.ForbiddenPattern => Match(files, rule),
            ValidationRuleType.RequiredFunction => files.Any(file => file.Functions.Any(function => function.Name == rule.Text)) ? null : $"The code defines no function {Texts.Quote(rule.Text!)}.",
            ValidationRuleType.ForbiddenCall => Find(files, file => CallOf(file, rule.Text!), $"A call of {Texts.Quote(rule.Text!)} is not allowed"),
            ValidationRuleType.AllowedLanguages => rule.Languages.Contains(language, StringComparer.Ordinal) ? null : $"Only {string.Join(", ", rule.Languages)} may be used.",
            ValidationRuleType.MaxLines => Above(files.Sum(file => file.Lines), rule, "lines of code"),
            ValidationRuleType.MaxFunctionLines => Largest(files, rule, function => function.Lines, "lines"),
            ValidationRuleType.MaxComplexity => Largest(files, rule, function => function.Complexity, "ways through it"),
            ValidationRuleType.MaxWallMs => Above(tests.Select(test => test.Result.WallMs).DefaultIfEmpty().Max(), rule, "ms in the slowest test"),
            ValidationRuleType.MaxMemoryMb => Above(tests.Select(test => test.Result.MemoryBytes).DefaultIfEmpty().Max() / 1048576.0, rule, "MB in the largest test"),
            _ => throw new InvalidOperationException($"There is no rule of type {rule.Type}."),
        };
        return new(rule, broken is null, broken is null ? null : rule.Message is { } own ? $"{own} ({broken.TrimEnd('.')})" : broken);
    }

    private static int CallOf(SourceFile file, string name)
        => SourceCalls.In(file.Code).Where(call => SourceCalls.Names(call.Name, name)).Select(call => call.Offset).DefaultIfEmpty(-1).First();

    private static string? Find(IReadOnlyList<SourceFile> files, Func<SourceFile, int> offset, string message)
    {
        foreach (SourceFile file in files)
        {
            if (offset(file) is >= 0 and int found)
            {
                return $"{message}: {file.Path} line {file.LineOf(found)}.";
            }
        }

        return null;
    }

    /// <returns>Where it is first found; null if nowhere.</returns>
    private static string? Match(IReadOnlyList<SourceFile> files, ValidationRule rule)
    {
        if (PatternRegex.TryMake(rule.Pattern!, ignoreCase: false) is not { } pattern)
        {
            return "The pattern repeats too much: its author must make it simpler.";
        }

        try
        {
            return Find(files, file => pattern.Match(file.Commentless) is { Success: true } match ? match.Index : -1, "This pattern is not allowed");
        }
        catch (RegexMatchTimeoutException)
        {
            return "The pattern took too long: its author must make it simpler.";
        }
    }

    private static string? Above(double value, ValidationRule rule, string unit)
        => value <= rule.Max ? null : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value, 1)} {unit}; {rule.Max} are allowed.");

    private static string? Largest(IReadOnlyList<SourceFile> files, ValidationRule rule, Func<SourceFunction, int> measure, string unit)
    {
        (SourceFile File, SourceFunction Function)[] tooLarge =
            [.. files.SelectMany(file => file.Functions, (file, function) => (file, function)).Where(one => measure(one.function) > rule.Max)];
        if (tooLarge.Length == 0)
        {
            return null;
        }

        (SourceFile File, SourceFunction Function) worst = tooLarge.MaxBy(one => measure(one.Function));
        return $"Function {Texts.Quote(worst.Function.Name)} ({worst.File.Path} line {worst.Function.FirstLine}) has {measure(worst.Function)} {unit}; {rule.Max} are allowed.";
    }
}
