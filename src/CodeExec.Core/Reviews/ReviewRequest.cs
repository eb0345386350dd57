using CodeExec.Core.Grading;
using CodeExec.Core.SourceCode;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;

namespace CodeExec.Core.Reviews;

/// <param name="Results">What its tests came to; null when it was not run.</param>
/// <param name="Rules">What the rules of the specification say of the sources.</param>
public sealed record ReviewRequest(
    string Language, IReadOnlyList<SourceFile> Files, SpecificationContent Specification, IReadOnlyList<ValidatedTest>? Results, IReadOnlyList<RuleResult> Rules)
{
    /// <summary>How it ran without tests: that says something of its cost, and nothing of its requirements.</summary>
    public TestResult? Run { get; init; }

    public IReadOnlyList<ValidatedTest>? Ran => Results ?? (Run is { } run ? [new ValidatedTest(run)] : null);
}
