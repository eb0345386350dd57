namespace CodeExec.Core.Suggestions;

/// <summary>What was suggested.</summary>
/// <param name="Suggester">Who suggests beside the rules, or the rules alone.</param>
/// <param name="Degraded">Why it was not the one that was asked; null when it was.</param>
/// <param name="Tests">For requirements without a test first.</param>
/// <param name="Uncovered">Requirements that no existing test shows.</param>
public sealed record TestSuggestions(string Suggester, string? Model, string? Degraded, IReadOnlyList<SuggestedTest> Tests, IReadOnlyList<string> Uncovered);
