using CodeExec.Core.SourceCode;

namespace CodeExec.Core.Reviews.Rules;

/// <summary>Credentials in the code. The finding does not repeat them.</summary>
internal sealed class SecretRule : ISourceRule
{
    public IEnumerable<ReviewSuggestion> Check(SourceFile file) => SecretFinder.Find(file.Text).Select(found => ReviewSuggestion.At(
        file, file.LineOf(found.Start), "secret-in-code", SuggestionCategory.Risk, SuggestionSeverity.Error,
        "Something like a credential stands here, for everybody who reads the code.", "Read it from the environment ('secrets' of an execution), and make a new one: this one is known."));
}
