namespace CodeExec.Infra.Tests.Bicep.Syntax;

/// <summary>Reads the part of Bicep that infra/ uses: statements here, expressions in <see cref="ExpressionParser"/>.</summary>
internal sealed class Parser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;

    private Parser(string source)
    {
        _tokens = new(Lexer.Read(source));
        _expressions = new(_tokens, Resource);
    }

    /// <exception cref="BicepSyntaxException">It is not Bicep, or more of it than this reader knows.</exception>
    public static IReadOnlyList<Declaration> Parse(string source)
    {
        Parser parser = new(source);
        List<Declaration> declarations = [];
        while (parser._tokens.Now.Kind != TokenKind.End)
        {
            if (!parser._tokens.Now.OnNewLine)
            {
                throw parser._tokens.Unexpected("a new line");
            }
            declarations.Add(parser.Declare());
        }
        return declarations;
    }

    private Declaration Declare()
    {
        List<Expression.Call> decorators = Decorators();
        int line = _tokens.Now.Line;
        string keyword = _tokens.Word();
        switch (keyword)
        {
            case "targetScope":
                _tokens.Sign("=");
                return new Declaration.Scope(line, _expressions.Parse());
            case "using":
                return new Declaration.Using(line, _tokens.PlainText());
            case "param":
                return Parameter(line, decorators);
            case "var":
                string variable = _tokens.Word();
                _tokens.Sign("=");
                return new Declaration.Variable(line, variable, _expressions.Parse());
            case "resource":
                return ResourceBody(line);
            case "module":
                string module = _tokens.Word();
                string path = _tokens.PlainText();
                _tokens.Sign("=");
                return new Declaration.Module(line, module, path, _expressions.Body());
            case "output":
                string output = _tokens.Word();
                string type = Type();
                _tokens.Sign("=");
                return new Declaration.Output(line, output, type, _expressions.Parse());
            default:
                throw new BicepSyntaxException(line, $"'{keyword}' begins no statement that this reader knows.");
        }
    }

    private List<Expression.Call> Decorators()
    {
        List<Expression.Call> decorators = [];
        while (_tokens.TrySign("@"))
        {
            decorators.Add(_expressions.Parse() as Expression.Call ?? throw _tokens.Unexpected("a decorator"));
        }
        return decorators;
    }

    private Declaration.Parameter Parameter(int line, List<Expression.Call> decorators)
    {
        string name = _tokens.Word();
        string type = _tokens.IsSign("=") ? "" : Type();
        return new(line, name, type, _tokens.TrySign("=") ? _expressions.Parse() : null, decorators);
    }

    private Declaration.Resource Resource()
    {
        int line = _tokens.Now.Line;
        _tokens.Word();
        return ResourceBody(line);
    }

    private Declaration.Resource ResourceBody(int line)
    {
        string name = _tokens.Word();
        string type = _tokens.PlainText();
        bool existing = _tokens.TryWord("existing");
        _tokens.Sign("=");
        return new(line, name, type, existing, _expressions.Body());
    }

    /// <summary>As it stands there, without blanks: checks need to know little of types.</summary>
    private string Type()
    {
        string type = "";
        int depth = 0;
        do
        {
            Token token = _tokens.Take();
            depth += token.Value switch { "{" or "[" => 1, "}" or "]" => -1, _ => 0 };
            type += token.Kind == TokenKind.Text ? $"'{token.Parts![0].Value}'" : token.Value + (depth > 0 && token.Kind == TokenKind.Word && _tokens.Now.OnNewLine ? ";" : "");
        }
        while (depth > 0 || _tokens.IsSign("[") || _tokens.IsSign("?") || _tokens.IsSign("|") || type.EndsWith('|'));
        return type;
    }
}
