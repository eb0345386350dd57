namespace CodeExec.Infra.Tests.Bicep.Syntax;

/// <summary>What an expression consists of.</summary>
internal static class Within
{
    /// <summary>The expression and all in it, also in resources declared within.</summary>
    public static IEnumerable<Expression> AndAllIn(this Expression expression)
        => new[] { expression }.Concat(expression.Parts().SelectMany(AndAllIn));

    public static IEnumerable<Expression> Parts(this Expression expression) => expression switch
    {
        Expression.Text text => text.Parts,
        Expression.Member member => [member.Of],
        Expression.Index index => [index.Of, index.At],
        Expression.Call call => call.On is null ? call.Arguments : [call.On, .. call.Arguments],
        Expression.Array array => array.Items,
        Expression.Object all => all.Properties.SelectMany(property => property.Computed is null ? [property.Value] : new[] { property.Computed, property.Value })
            .Concat(all.Resources.Select(resource => resource.Body)),
        Expression.Choice choice => [choice.If, choice.Then, choice.Else],
        Expression.Operation operation => operation.Right is null ? [operation.Left] : [operation.Left, operation.Right],
        Expression.Lambda lambda => [lambda.Body],
        Expression.For each => [each.In, each.Body],
        Expression.When on => [on.If, on.Body],
        _ => [],
    };

    /// <summary>Every expression of a declaration, with those of its decorators.</summary>
    public static IEnumerable<Expression> Expressions(this Declaration declaration) => declaration switch
    {
        Declaration.Scope scope => [scope.Value],
        Declaration.Parameter parameter => parameter.Value is null ? parameter.Decorators : [parameter.Value, .. parameter.Decorators],
        Declaration.Variable variable => [variable.Value],
        Declaration.Resource resource => [resource.Body],
        Declaration.Module module => [module.Body],
        Declaration.Output output => [output.Value],
        _ => [],
    };
}
