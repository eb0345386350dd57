using System.Globalization;
using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests.Bicep.Evaluation;

/// <summary>Computes values: strings, longs, bools, lists, dictionaries, null, and <see cref="Unknown"/>.</summary>
/// <param name="resolve">What a name that is not local stands for.</param>
internal sealed class Evaluator(Func<string, object?> resolve)
{
    private readonly Dictionary<string, object?> _locals = [];

    public object? Of(Expression expression) => expression switch
    {
        Expression.Literal literal => literal.Value,
        Expression.Text text => string.Concat(text.Parts.Select(part => Shown(Of(part)))),
        Expression.Name name => _locals.TryGetValue(name.Value, out object? local) ? local : resolve(name.Value),
        Expression.Member member => MemberOf(Of(member.Of), member.Property),
        Expression.Index index => ItemOf(Of(index.Of), Of(index.At)),
        Expression.Call call => Call(call),
        Expression.Array array => array.Items.Select(Of).ToList(),
        Expression.Object all => ObjectOf(all),
        Expression.Choice choice => Of(choice.If) switch { true => Of(choice.Then), false => Of(choice.Else), _ => Unknown.Value },
        Expression.Operation operation => Compute(operation),
        Expression.For each => Each(each).ToList(),
        Expression.When on => Of(on.If) is false ? null : Of(on.Body),
        _ => throw new BicepSyntaxException(expression.Line, $"A {expression.GetType().Name} has no value here."),
    };

    private static string Shown(object? value) => value switch
    {
        Unknown => Unknown.InText,
        bool b => b ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static object? MemberOf(object? of, string property)
        => of is Dictionary<string, object?> known && known.TryGetValue(property, out object? value) ? value : Unknown.Value;

    private static object? ItemOf(object? of, object? at) => (of, at) switch
    {
        (List<object?> list, long index) when index < list.Count => list[(int)index],
        (Dictionary<string, object?> all, string key) when all.TryGetValue(key, out object? value) => value,
        _ => Unknown.Value,
    };

    private Dictionary<string, object?> ObjectOf(Expression.Object all)
    {
        Dictionary<string, object?> values = [];
        foreach (Property property in all.Properties)
        {
            values[property.Key ?? Shown(Of(property.Computed!))] = Of(property.Value);
        }
        return values;
    }

    private object? Compute(Expression.Operation operation)
    {
        object? left = Of(operation.Left);
        object? right = operation.Right is null ? null : Of(operation.Right);
        return (operation.Sign, left, right) switch
        {
            ("!", bool b, null) => !b,
            ("-", long l, null) => -l,
            ("&&", bool a, bool b) => a && b,
            ("||", bool a, bool b) => a || b,
            ("==", not Unknown, not Unknown) => Equals(left, right),
            ("!=", not Unknown, not Unknown) => !Equals(left, right),
            (">", long a, long b) => a > b,
            (">=", long a, long b) => a >= b,
            ("<", long a, long b) => a < b,
            ("<=", long a, long b) => a <= b,
            ("+", long a, long b) => a + b,
            ("-", long a, long b) => a - b,
            ("*", long a, long b) => a * b,
            ("??", _, _) => left ?? right,
            _ => Unknown.Value,
        };
    }

    private object? Call(Expression.Call call)
        => call is { On: null, Arguments: [var list, Expression.Lambda lambda, ..] }
            ? WithLambda(call.Function, Of(list), lambda, call.Arguments.ElementAtOrDefault(2) as Expression.Lambda)
            : call.On is null ? BicepFunctions.Call(call.Function, call.Arguments.Select(Of).ToList(), call.Line) : Unknown.Value;

    private object? WithLambda(string function, object? list, Expression.Lambda lambda, Expression.Lambda? second) => (function, list) switch
    {
        ("filter", List<object?> items) => items.Where(item => With(lambda.Names, [item], lambda.Body) is true).ToList(),
        ("map", List<object?> items) => items.Select(item => With(lambda.Names, [item], lambda.Body)).ToList(),
        ("toObject", List<object?> items) => items.ToDictionary(item => Shown(With(lambda.Names, [item], lambda.Body)), item => second is null ? item : With(second.Names, [item], second.Body)),
        (_, Unknown) => Unknown.Value,
        _ => throw new BicepSyntaxException(lambda.Line, $"This reader does not know {function}() with a lambda."),
    };

    private IEnumerable<object?> Each(Expression.For each)
        => Of(each.In) is List<object?> items ? items.Select((item, at) => With(each.Names, [item, (long)at], each.Body)) : [];

    private object? With(IReadOnlyList<string> names, object?[] values, Expression body)
    {
        for (int i = 0; i < names.Count; i++)
        {
            _locals[names[i]] = values[i];
        }
        object? value = Of(body);
        foreach (string name in names)
        {
            _locals.Remove(name);
        }
        return value;
    }
}
