using System.Text.Json.Serialization.Metadata;
using CodeExec.Api.Hosting;
using CodeExec.Api.Requests;
using CodeExec.Core.Grading;
using CodeExec.Core.Specifications.Compliance;

namespace CodeExec.Api.Reviews;

/// <summary>What came of running a program, in a request for a review: an id, results of tests, one run, or an execution or validation as we showed it.</summary>
internal static class ReviewResultsReader
{
    private static readonly HashSet<string> Members =
    [
        "validationId", "executionId", "testResults", "exitCode", "stdout", "stderr", "output", "executionTime", "memoryUsage",
        .. Names(ApiJson.Default.ExecutionView), .. Names(ApiJson.Default.ValidationView),
    ];

    private static readonly HashSet<string> TestMembers = [.. Names(ApiJson.Default.TestView), .. Names(ApiJson.Default.TestResultView)];

    private static readonly HashSet<string> StepMembers = [.. Names(ApiJson.Default.StepView)];

    private static readonly Verdict[] Verdicts = Enum.GetValues<Verdict>();

    public static ReviewResults Read(JsonFields fields, FieldErrors errors)
    {
        if (fields.Object("executionResults", Members) is not { } results)
        {
            return new ReviewResults();
        }

        string list = results.Has("testResults") ? "testResults" : "tests";
        IReadOnlyList<ValidatedTest>? tests = results.Objects(list, TestMembers)?.Select((test, index) => Test(test, index, $"executionResults.{list}[{index}]", errors)).ToList();
        return new ReviewResults
        {
            ValidationId = results.Text("validationId"),
            ExecutionId = results.Text("executionId"),
            Tests = tests,
            Run = tests is null && (results.Has("exitCode") || results.Has("run") || results.Has("success")) ? Run(results) : null,
        };
    }

    private static ValidatedTest Test(JsonFields test, int index, string at, FieldErrors errors)
    {
        string? verdict = test.Text("verdict");
        int found = Array.FindIndex(Verdicts, one => one.Name() == verdict);
        if (found < 0)
        {
            errors.Add(at + ".verdict", $"Must be one of {string.Join(", ", Verdicts.Select(one => one.Name()))}.");
        }

        return new ValidatedTest(new TestResult
        {
            Id = test.Text("id") ?? $"{index + 1}",
            Name = test.Text("name"),
            Verdict = found < 0 ? Verdict.InternalError : Verdicts[found],
            RequirementIds = test.TextList("requirementIds") ?? [],
            WallMs = Math.Max(0, test.Number("wallMs") ?? 0),
            CpuMs = Math.Max(0, test.Number("cpuMs") ?? 0),
            MemoryBytes = Math.Max(0, test.Integer("memoryBytes") ?? 0),
            Message = test.Text("message"),
        });
    }

    /// <summary>One run without tests: an execution as we showed it, or its numbers alone.</summary>
    private static TestResult Run(JsonFields results)
    {
        JsonFields? step = results.Object("run", StepMembers);
        long? exitCode = step is null ? results.Integer("exitCode") : step.Integer("exitCode");
        bool well = results.Flag("success") ?? exitCode == 0;
        return new TestResult
        {
            Id = "run",
            Verdict = well ? Verdict.Accepted : results.Text("status") == "timeout" ? Verdict.TimeLimit : Verdict.RuntimeError,
            ExitCode = (int?)exitCode,
            WallMs = Math.Max(0, step?.Number("wallMs") ?? results.Number("executionTime") ?? 0),
            CpuMs = Math.Max(0, step?.Number("cpuMs") ?? 0),
            MemoryBytes = Math.Max(0, step?.Integer("memoryBytes") ?? results.Integer("memoryUsage") ?? 0),
        };
    }

    private static IEnumerable<string> Names(JsonTypeInfo shown) => shown.Properties.Select(property => property.Name);
}

internal sealed record ReviewResults
{
    public string? ValidationId { get; init; }

    public string? ExecutionId { get; init; }

    public IReadOnlyList<ValidatedTest>? Tests { get; init; }

    /// <summary>Of a program that was run without tests.</summary>
    public TestResult? Run { get; init; }

    /// <summary>How many of them were sent.</summary>
    public int Count => (ValidationId is null ? 0 : 1) + (ExecutionId is null ? 0 : 1) + (Tests is null ? 0 : 1) + (Run is null ? 0 : 1);
}
