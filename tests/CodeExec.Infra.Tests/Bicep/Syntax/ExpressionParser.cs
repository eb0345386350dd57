using System.Globalization;

namespace CodeExec.Infra.Tests.Bicep.Syntax;

/// <summary>Expressions, by recursive descent.</summary>
internal sealed class ExpressionParser(TokenReader tokens, Func<Declaration.Resource>? childResource)
{
    private static readonly string[][] Levels = [["??"], ["||"], ["&&"], ["==", "!=", "=~", "!~"], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]];

    public Expression Parse()
    {
        Expression condition = Operation(0);
        int line = condition.Line;
        if (!tokens.TrySign("?"))
        {
            return condition;
        }
        Expression then = Parse();
        tokens.Sign(":");
        return new Expression.Choice(line, condition, then, Parse());
    }

    /// <summary>Of a resource or module: an object, on a condition or once for each of several.</summary>
    public Expression Body()
    {
        int line = tokens.Now.Line;
        if (!tokens.TryWord("if"))
        {
            return Parse();
        }
        tokens.Sign("(");
        Expression condition = Parse();
        tokens.Sign(")");
        return new Expression.When(line, condition, Parse());
    }

    private Expression Operation(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }
        Expression left = Operation(level + 1);
        while (tokens.Now.Kind == TokenKind.Sign && !tokens.Now.OnNewLine && Levels[level].Contains(tokens.Now.Value))
        {
            string sign = tokens.Take().Value;
            left = new Expression.Operation(left.Line, sign, left, Operation(level + 1));
        }
        return left;
    }

    private Expression Unary()
    {
        int line = tokens.Now.Line;
        if (tokens.IsSign("!") || tokens.IsSign("-"))
        {
            string sign = tokens.Take().Value;
            return new Expression.Operation(line, sign, Unary(), null);
        }
        Expression value = Primary();
        while (!tokens.Now.OnNewLine)
        {
            if (tokens.TrySign(".") || tokens.TrySign(".?") || tokens.TrySign("::"))
            {
                string property = tokens.Word();
                value = tokens.TrySign("(") ? new Expression.Call(line, value, property, Arguments()) : new Expression.Member(line, value, property);
            }
            else if (tokens.TrySign("["))
            {
                value = new Expression.Index(line, value, Parse());
                tokens.Sign("]");
            }
            else if (!tokens.TrySign("!"))
            {
                break;
            }
        }
        return value;
    }

    private Expression Primary()
    {
        Token token = tokens.Take();
        int line = token.Line;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new Expression.Literal(line, long.Parse(token.Value, CultureInfo.InvariantCulture));
            case TokenKind.Text:
                return new Expression.Text(line, token.Parts!.Select(Part).ToArray());
            case TokenKind.Word:
                return Word(token);
            default:
                switch (token.Value)
                {
                    case "(" when IsLambda():
                        return LambdaOfSeveral(line);
                    case "(":
                        Expression inner = Parse();
                        tokens.Sign(")");
                        return inner;
                    case "[":
                        return tokens.TryWord("for") ? For(line) : new Expression.Array(line, Items());
                    case "{":
                        return Object(line);
                    default:
                        throw new BicepSyntaxException(line, $"'{token.Value}' begins no expression.");
                }
        }
    }

    private static Expression Part(TextPart part)
        => part.IsCode ? new ExpressionParser(new(Lexer.Read(part.Value, part.Line)), null).Parse() : new Expression.Literal(part.Line, part.Value);

    private Expression Word(Token token)
    {
        if (tokens.TrySign("=>"))
        {
            return new Expression.Lambda(token.Line, [token.Value], Parse());
        }
        if (!tokens.Now.OnNewLine && tokens.TrySign("("))
        {
            return new Expression.Call(token.Line, null, token.Value, Arguments());
        }
        return token.Value switch
        {
            "true" or "false" => new Expression.Literal(token.Line, token.Value == "true"),
            "null" => new Expression.Literal(token.Line, null),
            _ => new Expression.Name(token.Line, token.Value),
        };
    }

    private bool IsLambda()
    {
        int ahead = 0;
        while (tokens.After(ahead).Kind == TokenKind.Word || tokens.After(ahead).Value == ",")
        {
            ahead++;
        }
        return tokens.After(ahead).Value == ")" && tokens.After(ahead + 1).Value == "=>";
    }

    private Expression.Lambda LambdaOfSeveral(int line)
    {
        List<string> names = [];
        while (!tokens.TrySign(")"))
        {
            names.Add(tokens.Word());
            tokens.TrySign(",");
        }
        tokens.Sign("=>");
        return new(line, names, Parse());
    }

    private Expression.For For(int line)
    {
        List<string> names = [];
        if (tokens.TrySign("("))
        {
            names.Add(tokens.Word());
            tokens.Sign(",");
            names.Add(tokens.Word());
            tokens.Sign(")");
        }
        else
        {
            names.Add(tokens.Word());
        }
        if (!tokens.TryWord("in"))
        {
            throw tokens.Unexpected("'in'");
        }
        Expression of = Parse();
        tokens.Sign(":");
        Expression body = Body();
        tokens.Sign("]");
        return new(line, names, of, body);
    }

    private List<Expression> Arguments()
    {
        List<Expression> arguments = [];
        while (!tokens.TrySign(")"))
        {
            arguments.Add(Parse());
            if (!tokens.TrySign(",") && !tokens.IsSign(")"))
            {
                throw tokens.Unexpected("',' or ')'");
            }
        }
        return arguments;
    }

    private List<Expression> Items()
    {
        List<Expression> items = [];
        while (!tokens.TrySign("]"))
        {
            items.Add(Parse());
            if (!tokens.TrySign(",") && !tokens.IsSign("]") && !tokens.Now.OnNewLine)
            {
                throw tokens.Unexpected("',', a new line or ']'");
            }
        }
        return items;
    }

    private Expression.Object Object(int line)
    {
        List<Property> properties = [];
        List<Declaration.Resource> resources = [];
        while (!tokens.TrySign("}"))
        {
            if (childResource is not null && tokens.Now.Value == "resource" && tokens.After(1).Kind == TokenKind.Word)
            {
                resources.Add(childResource());
            }
            else
            {
                properties.Add(Property());
            }
            if (!tokens.TrySign(",") && !tokens.IsSign("}") && !tokens.Now.OnNewLine)
            {
                throw tokens.Unexpected("',', a new line or '}'");
            }
        }
        return new(line, properties, resources);
    }

    private Property Property()
    {
        Token key = tokens.Take();
        Expression? computed = key is { Kind: TokenKind.Text, Parts.Count: > 1 } ? new Expression.Text(key.Line, key.Parts.Select(Part).ToArray()) : null;
        string? name = key.Kind switch
        {
            TokenKind.Word => key.Value,
            TokenKind.Text => computed is null ? key.Parts![0].Value : null,
            _ => throw new BicepSyntaxException(key.Line, $"'{key.Value}' is no name of a property."),
        };
        tokens.Sign(":");
        return new(name, computed, Body());
    }
}
