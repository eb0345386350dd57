using System.Text.RegularExpressions;
using CodeExec.Core.SourceCode;

namespace CodeExec.Core.Reviews.Rules;

/// <summary>Names that are given once and never read again in their file. What other files may use is left alone.</summary>
internal sealed class UnusedNameRule : ISourceRule
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant;

    private static readonly Regex Word = new(@"[A-Za-z_$][\w$]*", Linear);

    private static readonly Dictionary<string, Regex[]> Declarations = new(StringComparer.Ordinal)
    {
        ["python"] =
        [
            new(@"^[ \t]*import[ \t]+(?:[\w.]+[ \t]+as[ \t]+)?(?<name>\w+)[ \t]*$", Linear),
            new(@"^[ \t]*from[ \t]+\S+[ \t]+import[ \t]+(?:\w+[ \t]+as[ \t]+)?(?<name>\w+)[ \t]*$", Linear),
            new(@"^[ \t]+(?<name>[a-z]\w*)[ \t]*=[ \t]*[^=\s]", Linear),
        ],
        ["javascript"] = [new(@"\b(?:const|let|var)\s+(?<name>[A-Za-z_$][\w$]*)\s*(?:=|;|:)", Linear), new(@"^[ \t]*import\s+(?<name>\w+)\s+from\b", Linear)],
        ["typescript"] = [new(@"\b(?:const|let|var)\s+(?<name>[A-Za-z_$][\w$]*)\s*(?:=|;|:)", Linear), new(@"^[ \t]*import\s+(?<name>\w+)\s+from\b", Linear)],
        ["java"] = [new(@"^[ \t]{2,}(?:final\s+)?(?:int|long|double|float|boolean|char|String|var)\s+(?<name>\w+)\s*(?:=[^=]|;)", Linear), new(@"^import\s+[\w.]+\.(?<name>[A-Z]\w*);", Linear)],
        ["c"] = [new(@"^[ \t]+(?:const\s+)?(?:int|long|double|float|char|bool|size_t|unsigned)\s+\**(?<name>\w+)\s*(?:=[^=]|;)", Linear)],
        ["cpp"] = [new(@"^[ \t]+(?:const\s+)?(?:int|long long|long|double|float|char|bool|size_t|unsigned|auto|(?:std::)?string)\s+[*&]?(?<name>\w+)\s*(?:=[^=]|;)", Linear)],
        ["bash"] = [new(@"^[ \t]*(?:local[ \t]+)?(?<name>[a-z]\w*)=", Linear)],
    };

    public IEnumerable<ReviewSuggestion> Check(SourceFile file)
    {
        if (!Declarations.TryGetValue(file.Language, out Regex[]? declarations))
        {
            yield break;
        }

        // Texts count: templates read names within them.
        Dictionary<string, int> uses = Word.Matches(file.Commentless).GroupBy(match => match.Value, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal);
        foreach (Match match in declarations.SelectMany(declaration => declaration.Matches(file.Code)).OrderBy(match => match.Index))
        {
            Group name = match.Groups["name"];
            if (uses.GetValueOrDefault(name.Value) == 1 && name.Value[0] != '_' && !file.LineText(file.LineOf(name.Index)).Contains("export", StringComparison.Ordinal))
            {
                yield return ReviewSuggestion.At(
                    file, file.LineOf(name.Index), "unused-name", SuggestionCategory.Maintainability, SuggestionSeverity.Info, $"'{name.Value}' is never used.", "Remove it, or use it.");
            }
        }
    }
}
