using System.Text.RegularExpressions;

namespace CodeExec.Core.SourceCode;

/// <summary>Finds the functions of a file by their heads. Patterns run in linear time, whatever the text.</summary>
internal static class FunctionFinder
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant;

    private const int Most = 5000;

    private static readonly HashSet<string> NotNames = new(
        [
            "if", "for", "while", "switch", "catch", "return", "else", "do", "sizeof", "new", "throw", "using", "lock", "synchronized", "with",
            "function", "await", "typeof", "case", "defer", "select", "try", "fixed", "foreach", "alignas", "decltype", "constexpr", "requires", "super", "this",
        ],
        StringComparer.Ordinal);

    private static readonly Regex Python = new(@"^[ \t]*(?:async[ \t]+)?def[ \t]+(?<name>\w+)[ \t]*\(", Linear);
    private static readonly Regex Shell = new(@"^[ \t]*(?:function[ \t]+)?(?<name>[\w-]+)[ \t]*\([ \t]*\)\s*(?<open>\{)", Linear);
    private static readonly Regex Go = new(@"\bfunc\s+(?:\([^()]*\)\s*)?(?<name>\w+)\s*(?:\[[^\]]*\])?\(", Linear);
    private static readonly Regex Rust = new(@"\bfn\s+(?<name>\w+)", Linear);
    private static readonly Regex Script = new(
        @"\bfunction\s*\*?\s*(?<name>\w+)\s*(?:<[^<>()]*>)?\("
        + @"|\b(?<name>\w+)\s*[:=]\s*(?:async\s*)?(?:function\b[^({]*)?\((?:[^(){}]|\([^(){}]*\))*\)\s*(?::[^={};]*)?=>\s*\{"
        + @"|\b(?<name>\w+)\s*[:=]\s*(?:async\s+)?function\b[^({]*\("
        + @"|^[ \t]*(?:(?:static|async|public|private|protected|get|set|override|readonly)\s+)*\*?#?(?<name>\w+)\s*(?:<[^<>()]*>)?\((?:[^(){};]|\([^(){};]*\))*\)\s*(?::[^={};()]*)?\{",
        Linear);

    private static readonly Regex Typed = new(
        @"(?<name>~?\w+)\s*\((?:[^(){};]|\([^(){};]*\))*\)\s*(?:(?:const|noexcept|override|final|mutable|volatile|throws\s+[\w.,\s]+)\s*)*(?:->[^{};()]+|:[^{};]+|where\s[^{};]+)?\{",
        Linear);

    public static IReadOnlyList<SourceFunction> Find(SourceFile file)
    {
        List<SourceFunction> found = [];
        foreach (Match match in PatternOf(file).Matches(file.Code).Take(Most))
        {
            string name = match.Groups["name"].Value;
            int start = LineStart(file.Code, match.Groups["name"].Index);
            (int BodyStart, int End)? body = file.Style == SourceStyle.Indented ? IndentedBody(file.Code, start, match) : BracedBody(file.Code, match);
            if (body is { } range && !NotNames.Contains(name) && !IsCall(file.Code, match))
            {
                string inside = file.Code[range.BodyStart..range.End];
                int first = file.LineOf(start);
                found.Add(new(
                    name, start, range.BodyStart, range.End, first, file.LineOf(Math.Max(start, range.End - 1)) - first + 1,
                    ParametersOf(file.Code, match.Groups["name"].Index), 1 + Branches.Count(inside, file.Language), Branches.Nesting(inside, file.Style)));
            }
        }

        return found;
    }

    private static Regex PatternOf(SourceFile file) => file.Language switch
    {
        "python" => Python,
        "go" => Go,
        "rust" => Rust,
        "javascript" or "typescript" => Script,
        _ => file.Style == SourceStyle.Shell ? Shell : Typed,
    };

    // "return f(x) {" and "new X() {" begin no function.
    private static bool IsCall(string code, Match match)
    {
        int before = match.Groups["name"].Index - 1;
        while (before >= 0 && code[before] is ' ' or '\t')
        {
            before--;
        }

        int end = before + 1;
        while (before >= 0 && char.IsLetter(code[before]))
        {
            before--;
        }

        return code[(before + 1)..end] is "new" or "return" or "throw" or "else" || (end > 0 && code[end - 1] is '.' && match.Groups["name"].Index == end);
    }

    private static (int, int)? BracedBody(string code, Match match)
    {
        int from = match.Groups["name"].Index + match.Groups["name"].Length;
        int open = OpeningBrace(code, from);
        if (open < 0)
        {
            return null;
        }

        int depth = 0;
        for (int i = open; i < code.Length; i++)
        {
            depth += code[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return (open + 1, i + 1);
            }
        }

        return (open + 1, code.Length);
    }

    // Behind the parameters; a ';' first means a declaration.
    private static int OpeningBrace(string code, int from)
    {
        int round = 0;
        for (int i = from; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '(':
                    round++;
                    break;
                case ')':
                    round--;
                    break;
                case '{' when round == 0:
                    return i;
                case ';' when round == 0:
                    return -1;
            }
        }

        return -1;
    }

    private static (int, int)? IndentedBody(string code, int start, Match match)
    {
        int indent = IndentAt(code, start);
        int head = match.Index + match.Length;
        int depth = 1;
        while (head < code.Length && (depth > 0 || code[head] != ':'))
        {
            depth += code[head] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            head++;
        }

        int bodyStart = Math.Min(head + 1, code.Length), line = code.IndexOf('\n', bodyStart), end = line < 0 ? code.Length : line;
        while (line >= 0 && line + 1 < code.Length)
        {
            int next = line + 1;
            int after = code.IndexOf('\n', next);
            bool blank = code.AsSpan(next, (after < 0 ? code.Length : after) - next).IsWhiteSpace();
            if (!blank && IndentAt(code, next) <= indent)
            {
                break;
            }

            end = blank ? end : after < 0 ? code.Length : after;
            line = after;
        }

        return (bodyStart, Math.Max(end, bodyStart));
    }

    private static int ParametersOf(string code, int name)
    {
        int open = code.IndexOf('(', name);
        if (open < 0)
        {
            return 0;
        }

        int depth = 0, commas = 0;
        bool any = false;
        for (int i = open; i < code.Length; i++)
        {
            depth += code[i] switch { '(' or '[' or '{' or '<' => 1, ')' or ']' or '}' or '>' => -1, _ => 0 };
            if (depth == 0)
            {
                break;
            }

            any |= i > open && !char.IsWhiteSpace(code[i]);
            commas += code[i] == ',' && depth == 1 ? 1 : 0;
        }

        return any ? commas + 1 : 0;
    }

    private static int LineStart(string code, int at) => at == 0 ? 0 : code.LastIndexOf('\n', at - 1) + 1;

    private static int IndentAt(string code, int at)
    {
        int indent = 0;
        while (at < code.Length && code[at] is ' ' or '\t')
        {
            indent += code[at] == '\t' ? 8 - (indent % 8) : 1;
            at++;
        }

        return indent;
    }
}
