namespace CodeExec.Core.Specifications;

/// <summary>A piece of the work; verified by the tests of its requirements.</summary>
/// <param name="Id">One of its own among all tasks of a tenant.</param>
/// <param name="RequirementIds">Empty: all of the specification.</param>
public sealed record SpecificationTask(string Id, string Title, string? Description, IReadOnlyList<string> RequirementIds);
