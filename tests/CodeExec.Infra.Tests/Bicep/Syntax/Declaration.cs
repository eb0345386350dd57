namespace CodeExec.Infra.Tests.Bicep.Syntax;

/// <summary>One statement of a file.</summary>
internal abstract record Declaration(int Line, string Name)
{
    public sealed record Scope(int Line, Expression Value) : Declaration(Line, "targetScope");

    /// <summary>Which template the values of a .bicepparam file are for.</summary>
    public sealed record Using(int Line, string Path) : Declaration(Line, "using");

    /// <param name="Type">Empty in a .bicepparam file.</param>
    public sealed record Parameter(int Line, string Name, string Type, Expression? Value, IReadOnlyList<Expression.Call> Decorators) : Declaration(Line, Name)
    {
        public bool IsSecure => Decorators.Any(decorator => decorator.Function == "secure");

        public bool IsRequired => Value is null && !Type.EndsWith('?');

        public Expression? Decorated(string function) => Decorators.FirstOrDefault(decorator => decorator.Function == function)?.Arguments[0];
    }

    public sealed record Variable(int Line, string Name, Expression Value) : Declaration(Line, Name);

    /// <param name="Type">With its version, except where a parent tells it.</param>
    public sealed record Resource(int Line, string Name, string Type, bool IsExisting, Expression Body) : Declaration(Line, Name);

    public sealed record Module(int Line, string Name, string Path, Expression Body) : Declaration(Line, Name);

    public sealed record Output(int Line, string Name, string Type, Expression Value) : Declaration(Line, Name);
}
