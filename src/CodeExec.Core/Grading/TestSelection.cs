namespace CodeExec.Core.Grading;

/// <summary>Some of the tests of a suite: for a try before the real submission, or for a closer look.</summary>
/// <param name="Ids">Null: all that are not hidden.</param>
public sealed record TestSelection(IReadOnlyList<string>? Ids)
{
    /// <returns>The suite with these tests, and what is left of its groups.</returns>
    public TestSuite Of(TestSuite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        HashSet<string>? ids = Ids?.ToHashSet(StringComparer.Ordinal);
        GradedTest[] tests = [.. suite.Tests.Where(test => ids?.Contains(test.Id) ?? !test.Hidden)];
        HashSet<string> groups = [.. tests.Select(test => test.Group).OfType<string>()];
        return suite with
        {
            Tests = tests,
            Groups = [.. suite.Groups.Where(group => groups.Contains(group.Id)).Select(group => group with { DependsOn = [.. group.DependsOn.Where(groups.Contains)] })],
        };
    }
}
