using CodeExec.Core.SourceCode;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;

namespace CodeExec.Core.Reviews;

/// <param name="Results">What its tests came to; null when it was not run.</param>
/// <param name="Rules">What the rules of the specification say of the sources.</param>
public sealed record ReviewRequest(
    string Language, IReadOnlyList<SourceFile> Files, SpecificationContent Specification, IReadOnlyList<ValidatedTest>? Results, IReadOnlyList<RuleResult> Rules);
