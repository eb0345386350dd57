using CodeExec.Core.SourceCode;

namespace CodeExec.Core.Reviews.Rules;

/// <summary>Looks for one sort of weakness. The same file gives the same findings.</summary>
internal interface ISourceRule
{
    IEnumerable<ReviewSuggestion> Check(SourceFile file);
}
