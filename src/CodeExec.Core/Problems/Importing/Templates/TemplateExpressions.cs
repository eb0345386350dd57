using System.Globalization;

namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>Reads expressions as FreeMarker has them: arithmetic, comparisons, ranges, sequences, defaults, built-ins.</summary>
internal sealed class TemplateExpressions(IReadOnlyList<TemplateToken> tokens)
{
    private static readonly string[][] Levels =
    [
        ["||"], ["&&"], ["==", "=", "!="], ["<", "<=", ">", ">=", "lt", "lte", "gt", "gte"],
    ];

    private static readonly string[] Sums = ["+", "-"], Products = ["*", "/", "%"], Ranges = ["..", "..<", "..!", "..*"];

    /// <summary>Each is a call within a call when it is evaluated.</summary>
    private const int MostOperators = 1000;

    private int _at;
    private int _depth;
    private int _operators;

    public TemplateToken Current => tokens[_at];

    public bool Takes(string sign)
    {
        bool takes = Current.Is(sign);
        _at += takes ? 1 : 0;
        return takes;
    }

    public string Name() => Current.Kind == TokenKind.Name ? tokens[_at++].Text : throw Unexpected("a name");

    public string Text() => Current.Kind == TokenKind.Text ? tokens[_at++].Text : throw Unexpected("a text");

    public void End()
    {
        if (Current.Kind != TokenKind.End)
        {
            throw Unexpected("the end");
        }
    }

    public TemplateExpression Read()
    {
        if (++_depth > TemplateBudget.Depth)
        {
            throw new TemplateException(Current.Line, $"Nothing may be nested deeper than {TemplateBudget.Depth}.");
        }

        TemplateExpression read = ReadLevel(0);
        _depth--;
        return read;
    }

    private TemplateException Unexpected(string expected)
        => new(Current.Line, Current.Kind == TokenKind.End ? $"Here {expected} is missing." : $"'{Current.Text}' stands where {expected} is expected.");

    private void Count()
    {
        if (++_operators > MostOperators)
        {
            throw new TemplateException(Current.Line, $"An expression may have {MostOperators} operators at most.");
        }
    }

    private void Require(string sign)
    {
        if (!Takes(sign))
        {
            throw Unexpected($"'{sign}'");
        }
    }

    private bool TakesOne(string[] signs, out TemplateToken sign)
    {
        sign = Current;
        return Array.Exists(signs, Current.Is) && Takes(Current.Text);
    }

    private TemplateExpression ReadLevel(int level)
    {
        if (level == Levels.Length)
        {
            return ReadRange();
        }

        TemplateExpression left = ReadLevel(level + 1);
        while (TakesOne(Levels[level], out TemplateToken sign))
        {
            Count();
            left = Combine(left, ReadLevel(level + 1), sign);
        }

        return left;
    }

    private static TemplateExpression Combine(TemplateExpression one, TemplateExpression other, TemplateToken sign) => sign.Text switch
    {
        "||" => scope => TemplateValues.Truth(one(scope), sign.Line) || TemplateValues.Truth(other(scope), sign.Line),
        "&&" => scope => TemplateValues.Truth(one(scope), sign.Line) && TemplateValues.Truth(other(scope), sign.Line),
        _ => scope => TemplateOperators.Apply(sign.Text, one(scope), other(scope), scope, sign.Line),
    };

    private TemplateExpression ReadRange()
    {
        TemplateExpression first = ReadChain(Sums, () => ReadChain(Products, ReadUnary));
        if (!TakesOne(Ranges, out TemplateToken sign))
        {
            return first;
        }

        TemplateExpression? last = StartsOne() ? ReadChain(Sums, () => ReadChain(Products, ReadUnary)) : null;
        return scope => TemplateOperators.Range(sign.Text, TemplateValues.Number(first(scope), sign.Line), last is null ? null : TemplateValues.Number(last(scope), sign.Line), sign.Line);
    }

    private TemplateExpression ReadChain(string[] signs, Func<TemplateExpression> operand)
    {
        TemplateExpression left = operand();
        while (TakesOne(signs, out TemplateToken sign))
        {
            Count();
            left = Combine(left, operand(), sign);
        }

        return left;
    }

    private TemplateExpression ReadUnary()
    {
        Count();
        TemplateToken sign = Current;
        if (Takes("-") || Takes("+"))
        {
            TemplateExpression number = ReadUnary();
            return scope => TemplateValues.Number(number(scope), sign.Line) * (sign.Text == "-" ? -1 : 1);
        }

        if (Takes("!"))
        {
            TemplateExpression truth = ReadUnary();
            return scope => !TemplateValues.Truth(truth(scope), sign.Line);
        }

        return ReadPostfix(ReadPrimary(out string? name), name);
    }

    /// <param name="name">Of the variable that it is, if it is one.</param>
    private TemplateExpression ReadPostfix(TemplateExpression value, string? name)
    {
        while (true)
        {
            Count();
            TemplateExpression before = value;
            int line = Current.Line;
            if (Takes("??"))
            {
                value = scope => before(scope) is not null;
            }
            else if (Takes("?"))
            {
                value = ReadBuiltIn(before, name, line);
            }
            else if (Takes("!"))
            {
                TemplateExpression? otherwise = StartsOne() && !Current.Is("+") && !Current.Is("-") ? ReadUnary() : null;
                value = scope => before(scope) ?? (otherwise is null ? "" : otherwise(scope));
            }
            else if (Takes("["))
            {
                TemplateExpression index = Read();
                Require("]");
                value = scope => TemplateBuiltIns.At(before(scope), index(scope), line);
            }
            else if (Takes("."))
            {
                string member = Name();
                value = scope => TemplateBuiltIns.At(before(scope), member, line);
            }
            else
            {
                return value;
            }

            name = null;
        }
    }

    private TemplateExpression ReadBuiltIn(TemplateExpression value, string? variable, int line)
    {
        string name = Name();
        IReadOnlyList<TemplateExpression> arguments = Takes("(") ? ReadList(")") : name == "string" && Takes("[") ? ReadList("]") : [];
        if (!TemplateBuiltIns.IsKnown(name))
        {
            throw new TemplateException(line, $"The built-in ?{name} is not known here.");
        }

        return scope =>
        {
            scope.Budget.Step(line);
            return TemplateBuiltIns.Apply(name, value(scope), variable is null ? null : scope.LoopOf(variable), [.. arguments.Select(one => one(scope))], scope, line);
        };
    }

    private List<TemplateExpression> ReadList(string closing)
    {
        List<TemplateExpression> items = [];
        while (!Takes(closing))
        {
            items.Add(Read());
            if (!Takes(","))
            {
                Require(closing);
                break;
            }
        }

        return items;
    }

    private bool StartsOne() => Current.Kind is TokenKind.Number or TokenKind.Text || (Current.Kind == TokenKind.Name && Current.Text is not ("as" or "lt" or "lte" or "gt" or "gte"))
        || Current.Is("(") || Current.Is("[") || Current.Is("{") || Current.Is("-") || Current.Is("+");

    private TemplateExpression ReadPrimary(out string? variable)
    {
        TemplateToken token = Current;
        variable = null;
        if (Takes("("))
        {
            TemplateExpression inner = Read();
            Require(")");
            return inner;
        }

        if (Takes("["))
        {
            List<TemplateExpression> items = ReadList("]");
            return scope => items.ConvertAll(one => one(scope));
        }

        if (Takes("{"))
        {
            return ReadHash();
        }

        switch (token.Kind)
        {
            case TokenKind.Number:
                _at++;
                return decimal.TryParse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && TemplateValues.Bounded(number, token.Line) is var bounded ? _ => bounded : throw new TemplateException(token.Line, "A number is too large.");
            case TokenKind.Text:
                _at++;
                return TemplateParser.ReadText(token);
            case TokenKind.Name:
                variable = tokens[_at++].Text;
                string name = variable;
                return name switch { "true" => _ => true, "false" => _ => false, _ => scope => scope.Find(name) };
            default:
                throw Unexpected("a value");
        }
    }

    private TemplateExpression ReadHash()
    {
        List<(TemplateExpression Key, TemplateExpression Value, int Line)> members = [];
        while (!Takes("}"))
        {
            int line = Current.Line;
            TemplateExpression key = Read();
            Require(":");
            members.Add((key, Read(), line));
            if (!Takes(","))
            {
                Require("}");
                break;
            }
        }

        return scope =>
        {
            Dictionary<string, object?> hash = new(StringComparer.Ordinal);
            foreach ((TemplateExpression key, TemplateExpression value, int line) in members)
            {
                hash[TemplateValues.Text(key(scope), line)] = value(scope);
            }

            return hash;
        };
    }
}
