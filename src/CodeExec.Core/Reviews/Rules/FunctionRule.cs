using CodeExec.Core.SourceCode;

namespace CodeExec.Core.Reviews.Rules;

/// <summary>Functions that are hard to hold in one's head.</summary>
internal sealed class FunctionRule : ISourceRule
{
    private const int Complex = 10, VeryComplex = 20, Long = 60, Deep = 5, ManyParameters = 6;

    public IEnumerable<ReviewSuggestion> Check(SourceFile file)
    {
        foreach (SourceFunction function in file.Functions)
        {
            if (function.Complexity > Complex)
            {
                yield return ReviewSuggestion.At(
                    file, function.FirstLine, "complex-function", SuggestionCategory.Complexity,
                    function.Complexity > VeryComplex ? SuggestionSeverity.Error : SuggestionSeverity.Warning,
                    $"'{function.Name}' has {function.Complexity} ways through it; up to {Complex} can be tested with patience.", "Part it into functions that each answer one question.");
            }

            if (function.Lines > Long)
            {
                yield return ReviewSuggestion.At(
                    file, function.FirstLine, "long-function", SuggestionCategory.Maintainability, SuggestionSeverity.Warning,
                    $"'{function.Name}' has {function.Lines} lines; up to {Long} can be read at once.", "Give its parts names of their own.");
            }

            if (function.Nesting > Deep)
            {
                yield return ReviewSuggestion.At(
                    file, function.FirstLine, "deep-nesting", SuggestionCategory.Complexity, SuggestionSeverity.Warning,
                    $"In '{function.Name}' blocks lie {function.Nesting} deep.", "Return early, or move the inner blocks into functions.");
            }

            if (function.Parameters > ManyParameters)
            {
                yield return ReviewSuggestion.At(
                    file, function.FirstLine, "many-parameters", SuggestionCategory.Maintainability, SuggestionSeverity.Info,
                    $"'{function.Name}' takes {function.Parameters} parameters: calls of it are easily wrong.", "Put those that belong together into one type.");
            }
        }
    }
}
