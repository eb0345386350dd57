using System.Text.RegularExpressions;

namespace CodeExec.Core.Specifications.Skeletons;

/// <summary>
/// Test cases for acceptance criteria that have none yet: from their examples, or from what their sentences say between quotes. What nothing
/// says is left open, and said to be open.
/// </summary>
public static class TestSkeletons
{
    private static readonly Regex Quoted = new("[\"“'`]([^\"”'`]*)[\"”'`]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static IReadOnlyList<TestSkeleton> For(SpecificationContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        HashSet<string> tested = new(content.Tests.SelectMany(test => test.RequirementIds ?? []), StringComparer.Ordinal);
        List<TestSkeleton> skeletons = [.. content.Criteria.Where(criterion => !tested.Contains(criterion.Id)).SelectMany(Of)];
        HashSet<string> withCriteria = new(content.Criteria.Select(one => one.RequirementId ?? ""), StringComparer.Ordinal);
        skeletons.AddRange(content.Requirements
            .Where(one => !tested.Contains(one.Id) && !withCriteria.Contains(one.Id))
            .Select(one => Make(one.Id, one.Id, one.Text, InQuotes(one.Text, before: true), InQuotes(one.Text, before: false))));
        return skeletons;
    }

    private static IEnumerable<TestSkeleton> Of(AcceptanceCriterion criterion)
    {
        if (criterion.Examples.Count > 0)
        {
            return criterion.Examples.Select((example, index) => Make($"{criterion.Id}-{index + 1}", criterion.Id, criterion.Text, example.Stdin, example.Expected));
        }

        string? stdin = InQuotes($"{criterion.Given} {criterion.When}", before: null) ?? InQuotes(criterion.Text, before: true);
        string? expected = criterion.Then is { } then ? InQuotes(then, before: null) : InQuotes(criterion.Text, before: false);
        return [Make(criterion.Id, criterion.Id, criterion.Text, stdin, expected)];
    }

    private static TestSkeleton Make(string id, string linked, string name, string? stdin, string? expected)
    {
        string[] missing = [.. new[] { stdin is null ? "stdin" : null, expected is null ? "expected" : null }.OfType<string>()];
        return new TestSkeleton(id, Short(name), stdin ?? "", expected, [linked], missing);
    }

    /// <param name="before">True: what stands between the first quotes of several; false: between the last ones; null: between the first.</param>
    private static string? InQuotes(string text, bool? before)
    {
        string[] all = [.. Quoted.Matches(text).Select(match => match.Groups[1].Value)];
        return before switch
        {
            null => all.Length > 0 ? all[0] : null,
            true => all.Length > 1 ? all[0] : null,
            false => all.Length > 0 ? all[^1] : null,
        };
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];
}

/// <param name="Missing">"stdin", "expected": what nothing in the specification says. Empty: it may be used as it is.</param>
public sealed record TestSkeleton(string Id, string Name, string Stdin, string? Expected, IReadOnlyList<string> RequirementIds, IReadOnlyList<string> Missing);
