using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems.Checks;

/// <summary>How a validator is asked, and what its end means: 0 (testlib) or 42 (ICPC) is a valid input, any other end an invalid one.</summary>
internal static class ValidatorCalls
{
    private const int IcpcValid = 42, MostFindings = 50;

    public static IReadOnlyList<GradedTest> Of(AuthorTool validator, TestSuite suite)
        => [.. suite.Tests.Select(test => new GradedTest { Id = test.Id, Stdin = test.Stdin, Args = [.. validator.Program.Args, .. test.ValidatorArgs ?? [], .. About(validator.Program, test)], Hidden = true })];

    /// <returns>Null if it said nothing of this test.</returns>
    public static CheckedInput? Read(AuthorTool validator, CheckRun run, string test)
    {
        if (run.Obstacle is not null || run.Of(test) is not { } result)
        {
            return null;
        }

        bool ended = result is { Signal: null, Limit: null };
        bool valid = ended && result.ExitCode == (validator.Program.Protocol == JudgeProtocol.Icpc ? IcpcValid : 0);
        string said = (result.Stderr is { Length: > 0 } words ? words : result.Stdout ?? "").Trim();
        return new CheckedInput(validator.Name, valid, valid ? null : ended ? said : $"The validator ended with {result.Verdict.Name()}. {said}".Trim());
    }

    public static IEnumerable<CheckFinding> Findings(IReadOnlyList<AuthorTool> validators, IReadOnlyList<CheckRun> runs, IReadOnlyList<CheckedTest> tests)
    {
        for (int i = 0; i < validators.Count; i++)
        {
            if (runs[i].Obstacle is { } obstacle)
            {
                yield return new CheckFinding(true, $"The validator {validators[i].Name} said nothing. {obstacle}", Program: validators[i].Name);
            }
        }

        foreach (CheckedTest test in tests.Where(test => test.Validators.Any(one => !one.Valid)).Take(MostFindings))
        {
            CheckedInput refused = test.Validators.First(one => !one.Valid);
            yield return new CheckFinding(true, $"The input is not valid. {refused.Message}".Trim(), test.Id, refused.Validator);
        }
    }

    // As Polygon tells testlib's validators which part of the tests they look at: their rules may differ by it.
    private static string[] About(JudgeProgram program, GradedTest test)
        => program.Protocol == JudgeProtocol.Testlib && program.Files.Any(file => file.Path == "testlib.h")
            ? ["--testset", "tests", .. test.Group is { } group ? ["--group", group] : Array.Empty<string>()]
            : [];
}
