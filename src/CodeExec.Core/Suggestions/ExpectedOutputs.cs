using System.Text;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Suggestions;

/// <summary>Finds out what to expect by running a program that is right, in a container like any other.</summary>
public sealed class ExpectedOutputs(IExecutionService executions, TestResults results)
{
    /// <summary>Of the execution, so that it can be told from those of people.</summary>
    public const string Label = "suggestedTests";

    /// <summary>Submits the program with the inputs of these tests.</summary>
    /// <param name="program">A language and files; without tests.</param>
    public Task<SubmitOutcome> SubmitAsync(TenantId tenant, Submission program, IReadOnlyList<SuggestedTest> tests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(program);
        Submission inputs = program with
        {
            Labels = new Dictionary<string, string>(program.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [Label] = "expected" },
            Suite = new SubmittedSuite { Tests = [.. tests.Where(IsRun).Select(test => new SubmittedTest { Id = test.Id, Stdin = new(test.Stdin), Args = test.Args })] },
        };
        return executions.SubmitAsync(tenant, inputs, null, cancellationToken);
    }

    /// <summary>The same tests with what the program printed. What the specification says itself stays, and a program that says otherwise is noted.</summary>
    /// <param name="record">Of the execution that was made of them.</param>
    /// <param name="from">What the program is: "code", "implementation", "solution".</param>
    public async Task<IReadOnlyList<SuggestedTest>> ReadAsync(IReadOnlyList<SuggestedTest> tests, ExecutionRecord record, string from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Grade is not { } grade)
        {
            string note = record.Status.IsFinal() ? "The program could not be run." : $"The program has not been run to its end yet: see execution {record.Id}.";
            return [.. tests.Select(test => IsRun(test) ? test with { Note = note } : test)];
        }

        Dictionary<string, TestResult> byId = (await results.LoadAsync(grade, cancellationToken)).ToDictionary(result => result.Id, StringComparer.Ordinal);
        return [.. tests.Select(test => IsRun(test) && byId.TryGetValue(test.Id, out TestResult? result) ? With(test, result, from) : test)];
    }

    /// <summary>Whether any of them has an input to run it with.</summary>
    public static bool CanRun(IReadOnlyList<SuggestedTest> tests) => tests.Any(IsRun);

    private static bool IsRun(SuggestedTest test) => test.Kind != SuggestionKinds.Open;

    private static SuggestedTest With(SuggestedTest test, TestResult result, string from)
    {
        if (result.Verdict != Verdict.Accepted)
        {
            return test with { Note = $"The program did not end well on it ({result.Verdict.Name()}): either it is wrong, or such input never comes." };
        }

        string printed = result.Stdout ?? "";
        if (Encoding.UTF8.GetByteCount(printed) != result.StdoutBytes || printed.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return test with { Note = $"The program printed {result.StdoutBytes} bytes: too much to stand here, or no text." };
        }

        bool agrees = test.Expected is null || test.Expected.TrimEnd() == printed.TrimEnd();
        return test.ExpectedFrom == RulesSuggester.FromSpecification
            ? agrees ? test : test with { Note = $"The program printed something else than the specification says: {Short(printed)}" }
            : test with { Expected = printed, ExpectedFrom = from, Note = agrees ? null : $"'{test.ExpectedFrom}' expected something else: {Short(test.Expected!)}" };
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
