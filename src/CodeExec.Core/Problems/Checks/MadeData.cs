using CodeExec.Core.Grading;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Problems.Checks;

/// <summary>Takes what programs of authors wrote as data of tests, or says why it can not.</summary>
public sealed class MadeData(TestResults results, ProblemBlobs blobs, IOptions<GradingOptions> options)
{
    /// <param name="program">Who made it: "generator gen".</param>
    /// <param name="into">Gets the data of each test that has some.</param>
    internal async Task TakeAsync(
        CheckWork work,
        CheckRun run,
        string program,
        string name,
        IEnumerable<GradedTest> tests,
        Dictionary<string, TestData> into,
        List<CheckFinding> findings,
        CancellationToken cancellationToken)
    {
        if (run.Obstacle is { } obstacle)
        {
            findings.Add(new CheckFinding(true, $"The {program} made nothing. {obstacle}", Program: name));
            return;
        }

        foreach (GradedTest test in tests)
        {
            TestResult? result = run.Of(test.Id);
            byte[]? made = result?.Verdict == Verdict.Accepted ? await results.ReadOutputAsync(run.Id, test.Id, cancellationToken) : null;
            if (made is null)
            {
                findings.Add(new CheckFinding(true, $"The {program} failed: {Describe(result)}", test.Id, name));
            }
            else
            {
                await TakeAsync(work, made, program, name, test, into, findings, cancellationToken);
            }
        }
    }

    /// <summary>One of them.</summary>
    internal async Task TakeAsync(
        CheckWork work,
        byte[] made,
        string program,
        string name,
        GradedTest test,
        Dictionary<string, TestData> into,
        List<CheckFinding> findings,
        CancellationToken cancellationToken)
    {
        if (made.Length > options.Value.TestBytes)
        {
            findings.Add(new CheckFinding(true, $"The {program} wrote {made.Length} bytes; {options.Value.TestBytes} are the most.", test.Id, name));
        }
        else
        {
            into[test.Id] = await blobs.StoreAsync(work.Check.Tenant, work.Problem.Id, TestData.Of(made), cancellationToken);
        }
    }

    /// <summary>All of them together.</summary>
    internal void CheckTotal(TestSuite suite, List<CheckFinding> findings)
    {
        if (TestSuites.SizeOf(suite) is var size && size > options.Value.SuiteBytes)
        {
            findings.Add(new CheckFinding(true, $"All data of all tests have {size} bytes; {options.Value.SuiteBytes} are the most."));
        }
    }

    private static string Describe(TestResult? result) => result is null ? "it was not run."
        : $"{result.Verdict.Name()}{(result.ExitCode is { } code and not 0 ? $" (exit code {code})" : "")}. {result.Message ?? result.Stderr}".Trim();
}
