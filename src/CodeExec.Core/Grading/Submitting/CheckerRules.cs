using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Grading.Submitting;

/// <summary>Checkers: known, complete, and with something to compare with.</summary>
internal sealed class CheckerRules(JudgeProgramRules programs, SubmissionCeilings ceilings, Mistakes mistakes)
{
    private const int LongestPattern = 4096;
    private const string Known = "exact, trimmed, tokens, caseInsensitive, float, unorderedLines, unorderedTokens, contains, regex, json, program, interactor";

    /// <returns>Null if there is none, or it is wrong.</returns>
    public CheckerSpec? Check(SubmittedChecker? checker, string at)
    {
        if (checker is null)
        {
            return null;
        }

        RefuseForeignMembers(checker, at);
        switch (checker.Type)
        {
            case "exact": return new CheckerSpec.Exact();
            case "trimmed": return new CheckerSpec.Trimmed();
            case "tokens": return new CheckerSpec.Tokens(checker.IgnoreCase ?? false);
            case "caseInsensitive": return new CheckerSpec.Tokens(IgnoreCase: true);
            case "float": return Floats(checker, at);
            case "unorderedLines": return new CheckerSpec.UnorderedLines(checker.IgnoreCase ?? false);
            case "unorderedTokens": return new CheckerSpec.UnorderedTokens(checker.IgnoreCase ?? false);
            case "contains": return new CheckerSpec.Contains();
            case "regex": return Regex(checker, at);
            case "json": return new CheckerSpec.Json();
            case "program" when checker.Program is { } program:
                return programs.Check(program, at, mistakes) is { } judge ? new CheckerSpec.Program(judge) : null;
            case "interactor" when checker.Program is { } program:
                return CheckInteractor(program, at) is { } interactor ? new CheckerSpec.Interactor(interactor) : null;
            case "program" or "interactor":
                mistakes.Add(at, $"Send the {(checker.Type == "program" ? "checker" : "interactor")}'s language, and its code or files.");
                return null;
            default:
                mistakes.Add(at + ".type", $"Must be one of {Known}.");
                return null;
        }
    }

    /// <returns>Null with mistakes noted.</returns>
    public JudgeProgram? CheckInteractor(SubmittedProgram program, string at)
    {
        // What it writes grows with what it is asked: it is the submission whose output is to be bounded.
        SubmittedLimits limits = program.Limits ?? new SubmittedLimits();
        return programs.Check(program with { Limits = limits with { OutputKb = limits.OutputKb ?? ceilings.OutputKb } }, at, mistakes);
    }

    /// <summary>Most checkers need something to compare with.</summary>
    /// <param name="made">What is not expected by then is made.</param>
    public void CheckExpected(CheckerSpec checker, GradedTest test, string at, bool made)
    {
        if (checker is CheckerSpec.Interactor interactor)
        {
            if (interactor.Then is { } then)
            {
                CheckExpected(then, test, at, made);
            }

            return;
        }

        bool needed = checker is not (CheckerSpec.Regex or CheckerSpec.Program) && (test.Checker is not null || test.Generate is not null);
        if (needed && !made && test.Expected is null)
        {
            mistakes.Add(at + ".expected", test.Generate is null ? "This checker needs something to compare with." : "Say what is expected, or mark one of the 'solutions' as the main one: it then gives the answers.");
        }

        if (checker is CheckerSpec.Json && test.Expected?.Inline is { } json && JsonCheck.FindMistake(json) is { } mistake)
        {
            mistakes.Add(at + ".expected", mistake);
        }
    }

    private void RefuseForeignMembers(SubmittedChecker checker, string at)
    {
        Refuse(checker.Absolute is not null && checker.Type != "float", at + ".absolute", "float");
        Refuse(checker.Relative is not null && checker.Type != "float", at + ".relative", "float");
        Refuse(checker.Pattern is not null && checker.Type != "regex", at + ".pattern", "regex");
        Refuse(checker.IgnoreCase is not null && checker.Type is not ("regex" or "tokens" or "unorderedLines" or "unorderedTokens"), at + ".ignoreCase", "tokens, unorderedTokens, unorderedLines or regex");
        Refuse(checker.Program is not null && checker.Type is not ("program" or "interactor"), at, "program");
    }

    private void Refuse(bool foreign, string field, string type)
    {
        if (foreign)
        {
            mistakes.Add(field, $"Is for a checker of type {type}.");
        }
    }

    private CheckerSpec.Floats? Floats(SubmittedChecker checker, string at)
    {
        double absolute = checker.Absolute ?? 0, relative = checker.Relative ?? 0;
        if (absolute < 0 || relative < 0 || !double.IsFinite(absolute) || !double.IsFinite(relative) || (absolute == 0 && relative == 0))
        {
            mistakes.Add(at, "Say how much a number may differ: 'absolute', 'relative' or both, above 0.");
            return null;
        }

        return new CheckerSpec.Floats(absolute, relative);
    }

    private CheckerSpec.Regex? Regex(SubmittedChecker checker, string at)
    {
        if (checker.Pattern is not { Length: > 0 and <= LongestPattern } pattern)
        {
            mistakes.Add(at + ".pattern", $"Send a pattern of 1 to {LongestPattern} characters.");
            return null;
        }

        if (PatternRegex.FindMistake(pattern) is { } mistake)
        {
            mistakes.Add(at + ".pattern", mistake);
            return null;
        }

        return new CheckerSpec.Regex(pattern, checker.IgnoreCase ?? false);
    }
}
