using System.Text;

namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>Parts an expression into numbers, texts, names and signs, up to what ends it.</summary>
internal sealed class TemplateTokens
{
    // The longer ones first.
    private static readonly string[] Signs =
    [
        "..<", "..!", "..*", "..", "??", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "++", "--",
        "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}", ",", ":", ".", "?", "!", "=", "<", ">",
    ];

    private readonly string _text;
    private readonly int _first;
    private int _at;
    private int _line;

    private TemplateTokens(string text, int at, int line) => (_text, _at, _first, _line) = (text, at, line, line);

    /// <param name="closing">"&gt;" of a directive, "}" of an interpolation. Within brackets neither ends it.</param>
    /// <returns>The tokens, the last of kind <see cref="TokenKind.End"/>, and where it goes on after what closes.</returns>
    /// <exception cref="TemplateException">It is not closed, or something in it is nothing known.</exception>
    public static (IReadOnlyList<TemplateToken> Tokens, int End, int Line) Read(string text, int at, int line, char closing)
    {
        TemplateTokens reader = new(text, at, line);
        List<TemplateToken> tokens = [];
        int open = 0;
        while (true)
        {
            reader.SkipSpace();
            if (reader._at >= text.Length)
            {
                throw new TemplateException(line, closing == '>' ? "A directive is not closed." : "An interpolation is not closed.");
            }

            char c = text[reader._at];
            if (open == 0 && (c == closing || (closing == '>' && c == '/' && reader.Peek(1) == '>')))
            {
                tokens.Add(new TemplateToken(TokenKind.End, "", reader._line));
                return (tokens, reader._at + (c == '/' ? 2 : 1), reader._line);
            }

            open += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            tokens.Add(reader.Next());
        }
    }

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void SkipSpace()
    {
        for (; _at < _text.Length && char.IsWhiteSpace(_text[_at]); _at++)
        {
            _line += _text[_at] == '\n' ? 1 : 0;
        }
    }

    private TemplateToken Next()
    {
        char c = _text[_at];
        if (char.IsAsciiDigit(c))
        {
            // 1..5 is a range, and no number with a point.
            int start = _at;
            while (char.IsAsciiDigit(Peek(0)) || (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)) && !_text[start.._at].Contains('.', StringComparison.Ordinal)))
            {
                _at++;
            }

            return new TemplateToken(TokenKind.Number, _text[start.._at], _line);
        }

        if (char.IsLetter(c) || c is '_' or '$' or '@')
        {
            int start = _at;
            while (char.IsLetterOrDigit(Peek(0)) || Peek(0) is '_' or '$' or '@')
            {
                _at++;
            }

            return new TemplateToken(TokenKind.Name, _text[start.._at], _line);
        }

        if (c is '"' or '\'')
        {
            return Quoted(c);
        }

        string sign = Signs.FirstOrDefault(one => string.CompareOrdinal(_text, _at, one, 0, one.Length) == 0)
            ?? throw new TemplateException(_first, $"'{c}' means nothing in what begins here. Is it closed?");
        _at += sign.Length;
        return new TemplateToken(TokenKind.Sign, sign, _line);
    }

    private TemplateToken Quoted(char quote)
    {
        int line = _line;
        StringBuilder said = new();
        for (_at++; _at < _text.Length; _at++)
        {
            char c = _text[_at];
            if (c == quote)
            {
                _at++;
                return new TemplateToken(TokenKind.Text, said.ToString(), line);
            }

            if (c == '\\' && _at + 1 < _text.Length)
            {
                c = _text[++_at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'l' => '<', 'g' => '>', 'a' => '&', var other => other };
            }

            _line += c == '\n' ? 1 : 0;
            said.Append(c);
        }

        throw new TemplateException(line, "A text in quotes is not closed.");
    }
}
