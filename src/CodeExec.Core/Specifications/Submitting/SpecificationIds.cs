namespace CodeExec.Core.Specifications.Submitting;

/// <summary>What specifications, tasks, requirements and tests may be called: ids stand in addresses and in keys of stores.</summary>
public static class SpecificationIds
{
    public static bool AreValid(string? id) => FieldRules.IsId(id);
}
