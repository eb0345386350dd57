using CodeExec.Core.Specifications;

namespace CodeExec.Core.Suggestions.Rules;

/// <summary>A text, and the requirement or criterion that it is of; none for a statement.</summary>
internal sealed record RequirementText(IReadOnlyList<string> Ids, string Text)
{
    public static IEnumerable<RequirementText> Of(SuggestionRequest request)
    {
        foreach (AcceptanceCriterion criterion in request.Criteria)
        {
            string[] parts = [.. new[] { criterion.Given, criterion.When, criterion.Then }.OfType<string>().Where(part => !criterion.Text.Contains(part, StringComparison.Ordinal))];
            yield return new([criterion.Id], string.Join(", ", [criterion.Text, .. parts]));
        }

        foreach (Requirement requirement in request.Requirements)
        {
            yield return new([requirement.Id], requirement.Description is { } more ? $"{requirement.Text}\n\n{more}" : requirement.Text);
        }

        if (request.Statement is { Length: > 0 } statement)
        {
            yield return new([], statement);
        }
    }
}
