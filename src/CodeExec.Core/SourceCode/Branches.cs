using System.Text.RegularExpressions;

namespace CodeExec.Core.SourceCode;

/// <summary>Counts ways through a piece of code.</summary>
internal static class Branches
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex Python = new(@"\b(?:if|elif|for|while|except|and|or|case)\b", Linear);
    private static readonly Regex Shell = new(@"\b(?:if|elif|for|while|until)\b|&&|\|\||;;", Linear);
    private static readonly Regex Braces = new(@"\b(?:if|for|foreach|while|case|catch|when)\b|&&|\|\||\?\?|\?[^.:?<>,)\]]", Linear);

    public static int Count(string code, string language) => SourceStyles.Of(language) switch
    {
        SourceStyle.Indented => Python.Count(code),
        SourceStyle.Shell => Shell.Count(code),
        _ => Braces.Count(code),
    };

    public static int Nesting(string code, SourceStyle style) => style == SourceStyle.Indented ? OfIndents(code) : OfBraces(code);

    private static int OfBraces(string code)
    {
        int depth = 0, deepest = 0;
        foreach (char c in code)
        {
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }

    private static int OfIndents(string code)
    {
        Stack<int> indents = new();
        int deepest = 0;
        foreach (string line in code.Split('\n').Where(line => line.Trim().Length > 0))
        {
            int indent = line.Length - line.TrimStart().Length;
            while (indents.Count > 0 && indents.Peek() >= indent)
            {
                indents.Pop();
            }

            indents.Push(indent);
            deepest = Math.Max(deepest, indents.Count - 1);
        }

        return deepest;
    }
}
