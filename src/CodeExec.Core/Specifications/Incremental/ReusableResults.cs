using System.Text.Json;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Rules;
using CodeExec.Core.Specifications.Running;

namespace CodeExec.Core.Specifications.Incremental;

/// <summary>
/// Which results of an earlier run still hold: those of tests that passed, that are the same as then, and that nothing which has changed in the
/// program can have a part in. The answer depends on stored facts alone, so that it is the same whenever it is asked.
/// </summary>
public sealed class ReusableResults(ValidationRuns runs)
{
    /// <returns>By test id; empty when the run compares with none.</returns>
    public async Task<IReadOnlyDictionary<string, ValidatedTest>> FindAsync(ValidationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.CompareWith is not { } earlier
            || await runs.ReadRequestAsync(earlier, cancellationToken) is not { } before
            || await runs.ReadReportAsync(earlier, cancellationToken) is not { } report
            || !RunsAlike(before.Program, request.Program))
        {
            return new Dictionary<string, ValidatedTest>();
        }

        ProgramChange change = ProgramChange.Between(ProgramSources.Read(before.Program), ProgramSources.Read(request.Program), OtherFilesAreEqual(before.Program, request.Program));
        Dictionary<string, SubmittedTest> then = before.Content.Tests.ToDictionary(test => test.Id!, StringComparer.Ordinal);
        return report.Tests
            .Where(test => test.Passed)
            .Join(request.Content.Tests, test => test.Result.Id, test => test.Id!, (old, test) => (old, test))
            .Where(pair => IsSame(pair.test, then.GetValueOrDefault(pair.test.Id!)) && !change.Touches(request.Content.Covers.GetValueOrDefault(pair.test.Id!) ?? []))
            .ToDictionary(
                pair => pair.test.Id!,
                pair => pair.old with { Result = pair.old.Result with { RequirementIds = pair.test.RequirementIds ?? [] }, ReusedFrom = pair.old.ReusedFrom ?? earlier },
                StringComparer.Ordinal);
    }

    private static bool RunsAlike(Submission before, Submission now)
        => Text(before with { Code = null, Files = null, Labels = null, Student = null }) == Text(now with { Code = null, Files = null, Labels = null, Student = null });

    private static bool OtherFilesAreEqual(Submission before, Submission now) => Text(Others(before)) == Text(Others(now));

    private static SubmittedFile[] Others(Submission program)
        => [.. (program.Files ?? []).Where(file => file.Encoding is not (null or "utf8")).OrderBy(file => file.Path, StringComparer.Ordinal)];

    private static bool IsSame(SubmittedTest test, SubmittedTest? then)
        => then is not null && Text(test with { RequirementIds = null, Name = null }) == Text(then with { RequirementIds = null, Name = null });

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, OrchestrationJson.Options);
}
