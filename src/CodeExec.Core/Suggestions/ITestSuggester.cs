namespace CodeExec.Core.Suggestions;

/// <summary>Thinks of tests that are missing.</summary>
public interface ITestSuggester
{
    /// <summary>"rules", "claude".</summary>
    string Name { get; }

    /// <summary>Suggests once; nothing is stored, so that it may be repeated.</summary>
    /// <exception cref="SuggesterUnavailableException">Nobody answered, after all tries: trying later is safe.</exception>
    Task<SuggesterAnswer> SuggestAsync(SuggestionRequest request, CancellationToken cancellationToken);
}

/// <param name="Tests">Best first. Doubles, and ids that are taken, are for <see cref="SuggestionService"/>.</param>
/// <param name="Model">Of a language model; null for rules.</param>
public sealed record SuggesterAnswer(IReadOnlyList<SuggestedTest> Tests, string? Model = null);

/// <summary>A suggester could not suggest.</summary>
/// <param name="reason">For users: no address, no key.</param>
public sealed class SuggesterUnavailableException(string suggester, string reason, Exception? inner = null)
    : Exception($"The suggester '{suggester}' could not suggest tests: {reason}", inner)
{
    public string Suggester { get; } = suggester;

    public string Reason { get; } = reason;
}
