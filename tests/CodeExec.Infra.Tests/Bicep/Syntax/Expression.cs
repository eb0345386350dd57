namespace CodeExec.Infra.Tests.Bicep.Syntax;

/// <summary>Something with a value.</summary>
internal abstract record Expression(int Line)
{
    /// <param name="Parts">Texts and expressions in turn; a single one for a text without interpolation.</param>
    public sealed record Text(int Line, IReadOnlyList<Expression> Parts) : Expression(Line);

    /// <param name="Value">A string, a long, a bool or null.</param>
    public sealed record Literal(int Line, object? Value) : Expression(Line);

    public sealed record Name(int Line, string Value) : Expression(Line);

    public sealed record Member(int Line, Expression Of, string Property) : Expression(Line);

    public sealed record Index(int Line, Expression Of, Expression At) : Expression(Line);

    /// <param name="On">What the function belongs to (<c>az.resourceGroup()</c>, <c>account.listKeys()</c>).</param>
    public sealed record Call(int Line, Expression? On, string Function, IReadOnlyList<Expression> Arguments) : Expression(Line);

    public sealed record Array(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

    /// <param name="Resources">Children that are declared within a resource.</param>
    public sealed record Object(int Line, IReadOnlyList<Property> Properties, IReadOnlyList<Declaration.Resource> Resources) : Expression(Line)
    {
        public Expression? this[string key] => Properties.FirstOrDefault(property => property.Key == key)?.Value;
    }

    public sealed record Choice(int Line, Expression If, Expression Then, Expression Else) : Expression(Line);

    public sealed record Operation(int Line, string Sign, Expression Left, Expression? Right) : Expression(Line);

    public sealed record Lambda(int Line, IReadOnlyList<string> Names, Expression Body) : Expression(Line);

    public sealed record For(int Line, IReadOnlyList<string> Names, Expression In, Expression Body) : Expression(Line);

    /// <summary>A resource or module that is only there on a condition.</summary>
    public sealed record When(int Line, Expression If, Expression Body) : Expression(Line);
}
