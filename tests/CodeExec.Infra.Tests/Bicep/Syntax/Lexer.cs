using System.Text;

namespace CodeExec.Infra.Tests.Bicep.Syntax;

/// <summary>Cuts Bicep into words, numbers, texts and signs.</summary>
internal sealed class Lexer(string source, int line)
{
    private static readonly string[] LongSigns = ["=>", "==", "!=", "<=", ">=", "=~", "!~", "&&", "||", "??", "::", ".?", "[?", "..."];

    private int _at;
    private int _line = line;
    private bool _onNewLine = true;

    public static IReadOnlyList<Token> Read(string source, int line = 1)
    {
        Lexer lexer = new(source, line);
        List<Token> tokens = [];
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        SkipBlanks();
        bool onNewLine = _onNewLine;
        _onNewLine = false;
        int line = _line;
        if (_at >= source.Length)
        {
            return new(TokenKind.End, "", line, true);
        }
        char first = source[_at];
        if (first == '\'')
        {
            return new(TokenKind.Text, "", line, onNewLine, ReadText());
        }
        if (char.IsAsciiLetter(first) || first == '_')
        {
            return new(TokenKind.Word, Take(c => char.IsAsciiLetterOrDigit(c) || c == '_'), line, onNewLine);
        }
        if (char.IsAsciiDigit(first))
        {
            return new(TokenKind.Number, Take(char.IsAsciiDigit), line, onNewLine);
        }
        string sign = Array.Find(LongSigns, s => Follows(s) && !(s == "[?" && !Follows("[?."))) ?? first.ToString();
        if (sign.Length == 1 && !"{}[]().,:=?@<>!+-*/%|#".Contains(first, StringComparison.Ordinal))
        {
            throw new BicepSyntaxException(line, $"'{first}' means nothing here.");
        }
        _at += sign.Length;
        return new(TokenKind.Sign, sign, line, onNewLine);
    }

    private void SkipBlanks()
    {
        while (_at < source.Length)
        {
            if (source[_at] == '\n')
            {
                _line++;
                _onNewLine = true;
                _at++;
            }
            else if (char.IsWhiteSpace(source[_at]))
            {
                _at++;
            }
            else if (Follows("//"))
            {
                _ = Take(c => c != '\n');
            }
            else if (Follows("/*"))
            {
                int end = source.IndexOf("*/", _at, StringComparison.Ordinal);
                _at = end < 0 ? throw new BicepSyntaxException(_line, "The comment does not end.") : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private List<TextPart> ReadText()
    {
        int start = _line;
        if (Follows("'''"))
        {
            int end = source.IndexOf("'''", _at + 3, StringComparison.Ordinal);
            string raw = end < 0 ? throw new BicepSyntaxException(start, "The text does not end.") : source[(_at + 3)..end];
            _at = end + 3;
            _line += raw.Count(c => c == '\n');
            return [new(raw, false, start)];
        }
        List<TextPart> parts = [];
        StringBuilder literal = new();
        for (_at++; _at < source.Length && source[_at] != '\n'; _at++)
        {
            if (source[_at] == '\'')
            {
                _at++;
                parts.Add(new(literal.ToString(), false, start));
                return parts;
            }
            if (Follows("${"))
            {
                parts.Add(new(literal.ToString(), false, start));
                literal.Clear();
                int end = EndOfCode(_at + 2);
                parts.Add(new(source[(_at + 2)..end], true, start));
                _at = end;
            }
            else
            {
                literal.Append(source[_at] == '\\' ? Escaped() : source[_at]);
            }
        }
        throw new BicepSyntaxException(start, "The text does not end.");
    }

    private char Escaped() => source[++_at] switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '\\' or '\'' or '$' => source[_at],
        char other => throw new BicepSyntaxException(_line, $"'\\{other}' is no escape."),
    };

    private int EndOfCode(int from)
    {
        int depth = 1;
        for (int at = from; at < source.Length && source[at] != '\n'; at++)
        {
            depth += source[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return at;
            }
        }
        throw new BicepSyntaxException(_line, "'${' has no '}'.");
    }

    private bool Follows(string text) => string.CompareOrdinal(source, _at, text, 0, text.Length) == 0;

    private string Take(Predicate<char> belongs)
    {
        int from = _at;
        while (_at < source.Length && belongs(source[_at]))
        {
            _at++;
        }
        return source[from.._at];
    }
}
