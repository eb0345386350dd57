namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>Reads a template: text, ${…}, and the directives that scripts of tests are written with.</summary>
internal sealed class TemplateParser
{
    private const string OpenTag = "<#", CloseTag = "</#", Comment = "<#--", EndOfComment = "-->";

    private static readonly string[] AssignSigns = ["=", "+=", "-=", "*=", "/=", "%=", "++", "--"];

    private readonly string _text;
    private int _at;
    private int _line = 1;
    private int _depth;

    private TemplateParser(string text, int line) => (_text, _line) = (text, line);

    /// <exception cref="TemplateException"></exception>
    public static TemplateNode Read(string text, int line = 1)
    {
        TemplateParser parser = new(text, line);
        BlockNode all = parser.ReadBlock([], out string? end);
        return end is null ? all : throw new TemplateException(parser._line, $"{end} closes nothing.");
    }

    /// <summary>A text in quotes may have values in it as well.</summary>
    public static TemplateExpression ReadText(TemplateToken token)
    {
        if (!token.Text.Contains("${", StringComparison.Ordinal))
        {
            return _ => token.Text;
        }

        TemplateNode whole = new TemplateParser(token.Text, token.Line).ReadValues();
        return scope =>
        {
            TemplateOutput outer = scope.Output, made = new();
            scope.Output = made;
            whole.Write(scope);
            scope.Output = outer;
            return made.Text;
        };
    }

    private BlockNode ReadValues()
    {
        List<TemplateNode> parts = [];
        while (_at < _text.Length)
        {
            int next = _text.IndexOf("${", _at, StringComparison.Ordinal);
            AddText(parts, next < 0 ? _text.Length : next);
            if (next >= 0)
            {
                parts.Add(ReadValue());
            }
        }

        return new BlockNode(parts, _line);
    }

    /// <param name="ends">The directives that end it.</param>
    /// <param name="end">The one that did; null at the end of the text.</param>
    private BlockNode ReadBlock(string[] ends, out string? end)
    {
        int first = _line;
        List<TemplateNode> parts = [];
        if (++_depth > TemplateBudget.Depth)
        {
            throw new TemplateException(_line, $"Nothing may be nested deeper than {TemplateBudget.Depth}.");
        }

        while (_at < _text.Length)
        {
            int next = NextMark();
            AddText(parts, next);
            if (next == _text.Length)
            {
                break;
            }

            if (Is(Comment))
            {
                int close = _text.IndexOf(EndOfComment, _at, StringComparison.Ordinal);
                Skip(close < 0 ? throw new TemplateException(_line, "A comment is not closed.") : close + EndOfComment.Length);
            }
            else if (Is("${") || Is("#{"))
            {
                parts.Add(ReadValue());
            }
            else if (DirectiveName() is var name && Array.IndexOf(ends, name) >= 0)
            {
                end = name;
                _depth--;
                return new BlockNode(parts, first);
            }
            else
            {
                parts.Add(ReadDirective(name));
            }
        }

        _depth--;
        end = null;
        return ends.Length == 0 ? new BlockNode(parts, first) : throw new TemplateException(first, $"{ends[0]} is missing.");
    }

    private int NextMark()
    {
        for (int i = _at; i + 1 < _text.Length; i++)
        {
            if ((_text[i] is '$' or '#' && _text[i + 1] == '{') || (_text[i] == '<' && (_text[i + 1] == '#' || string.CompareOrdinal(_text, i, CloseTag, 0, CloseTag.Length) == 0)))
            {
                return i;
            }
        }

        return _text.Length;
    }

    private void AddText(List<TemplateNode> parts, int end)
    {
        if (end > _at)
        {
            parts.Add(new PlainNode(_text[_at..end], _line));
            Skip(end);
        }
    }

    private void Skip(int to)
    {
        _line += _text.AsSpan(_at, to - _at).Count('\n');
        _at = to;
    }

    private bool Is(string mark) => string.CompareOrdinal(_text, _at, mark, 0, mark.Length) == 0;

    private ValueNode ReadValue()
    {
        int line = _line;
        TemplateExpressions expression = ReadTag(_at + 2, '}');
        TemplateExpression value = expression.Read();
        if (!expression.Current.Is(";"))
        {
            expression.End();
        }

        return new ValueNode(value, line);
    }

    private TemplateExpressions ReadTag(int from, char closing)
    {
        (IReadOnlyList<TemplateToken> tokens, int end, _) = TemplateTokens.Read(_text, from, _line, closing);
        Skip(end);
        return new TemplateExpressions(tokens);
    }

    /// <returns>As "#list" or "/#list".</returns>
    private string DirectiveName()
    {
        int start = _at + (Is(CloseTag) ? CloseTag.Length : OpenTag.Length), end = start;
        while (end < _text.Length && char.IsAsciiLetter(_text[end]))
        {
            end++;
        }

        return (Is(CloseTag) ? CloseTag : OpenTag) + _text[start..end] + ">";
    }

    private TemplateNode ReadDirective(string name)
    {
        int line = _line;
        TemplateExpressions inside = ReadTag(_at + name.Length - 1, '>');
        switch (name)
        {
            case "<#list>":
                return ReadList(inside, line);
            case "<#if>":
                return ReadChoice(inside, line);
            case "<#assign>" or "<#local>" or "<#global>":
                return ReadAssign(inside, name, line);
            case "<#sep>":
                BlockNode between = ReadBlock(["</#sep>"], out _);
                inside.End();
                Close();
                return new BetweenNode(between, line);
            case "<#break>" or "<#continue>":
                inside.End();
                return new FlowNode(name == "<#break>" ? TemplateFlow.EndOfList : TemplateFlow.NextItem, line);
            case "<#ftl>" or "<#setting>" or "<#t>" or "<#lt>" or "<#rt>" or "<#nt>": // about white space and locales
                return new PlainNode("", line);
            default:
                throw new TemplateException(line, $"{name} is not known here. Known are list, if, elseif, else, assign, sep, break, continue and comments.");
        }
    }

    /// <summary>Passes over the directive that it stands at.</summary>
    private TemplateExpressions Close() => ReadTag(_at + DirectiveName().Length - 1, '>');

    private ListNode ReadList(TemplateExpressions inside, int line)
    {
        TemplateExpression items = inside.Read();
        if (!inside.Takes("as"))
        {
            throw new TemplateException(line, "A list names what each item is called: <#list 1..10 as i>.");
        }

        string name = inside.Name();
        inside.End();
        BlockNode body = ReadBlock(["</#list>", "<#else>"], out string? end), none = body;
        Close().End();
        if (end == "<#else>")
        {
            none = ReadBlock(["</#list>"], out _);
            Close();
        }

        return new ListNode(items, name, body, end == "<#else>" ? none : null, line);
    }

    private ChoiceNode ReadChoice(TemplateExpressions inside, int line)
    {
        List<(TemplateExpression?, BlockNode)> branches = [];
        TemplateExpression? condition = inside.Read();
        inside.End();
        while (true)
        {
            string[] ends = condition is null ? ["</#if>"] : ["</#if>", "<#else>", "<#elseif>"];
            branches.Add((condition, ReadBlock(ends, out string? end)));
            TemplateExpressions next = Close();
            if (end == "</#if>")
            {
                return new ChoiceNode(branches, line);
            }

            condition = end == "<#elseif>" ? next.Read() : null;
            next.End();
        }
    }

    // Several in one directive, or what stands up to its end.
    private TemplateNode ReadAssign(TemplateExpressions inside, string directive, int line)
    {
        List<TemplateNode> all = [];
        do
        {
            string name = inside.Current.Kind == TokenKind.Text ? inside.Text() : inside.Name();
            string? sign = Array.Find(AssignSigns, inside.Takes);
            if (sign is null)
            {
                inside.End();
                BlockNode body = ReadBlock([directive.Replace("<#", CloseTag, StringComparison.Ordinal)], out _);
                Close();
                return new CaptureNode(name, body, line);
            }

            TemplateExpression value = sign is "++" or "--" ? _ => 1m : inside.Read();
            all.Add(new AssignNode(name, sign == "=" ? value : scope => TemplateOperators.Apply(sign[..1], scope.Find(name), value(scope), scope, line), line));
            inside.Takes(",");
        }
        while (inside.Current.Kind != TokenKind.End);
        return new BlockNode(all, line);
    }
}
