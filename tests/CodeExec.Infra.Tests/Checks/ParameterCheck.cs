using CodeExec.Infra.Tests.Bicep;
using CodeExec.Infra.Tests.Bicep.Evaluation;
using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests.Checks;

/// <summary>Each parameter is explained, each number has bounds, and all values, from the files of the sizes down to the last module, keep to them.</summary>
internal static class ParameterCheck
{
    public static IEnumerable<string> Problems(Templates templates)
        => templates.Deployable.SelectMany(Unexplained).Concat(templates.ParameterFiles.SelectMany(file => Misfits(templates, file)));

    private static IEnumerable<string> Unexplained(Template file)
        => file.Parameters.Where(parameter => parameter.Decorated("description") is null).Select(parameter => $"{file.Path}: {parameter.Name} has no description.")
            .Concat(file.Parameters
                .Where(parameter => parameter.Type == "int" && parameter.Decorated("allowed") is null && (parameter.Decorated("minValue") is null || parameter.Decorated("maxValue") is null))
                .Select(parameter => $"{file.Path}: {parameter.Name} has no bounds."));

    private static IEnumerable<string> Misfits(Templates templates, Template file)
    {
        if (file.Declarations.OfType<Declaration.Using>().ToArray() is not [{ } of])
        {
            return [$"{file.Path}: it must say once which template it is for."];
        }
        if (templates.Find(file.Resolve(of.Path)) is not { } template)
        {
            return [$"{file.Path}: {of.Path} is not there."];
        }
        string[] given = [.. file.Parameters.Select(parameter => parameter.Name)];
        return given.Except(template.Parameters.Select(parameter => parameter.Name)).Select(name => $"{file.Path}: {template.Path} has no parameter {name}.")
            .Concat(template.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name).Except(given).Select(name => $"{file.Path}: {name} is missing."))
            .Concat(Deployment.Of(templates, file).Parameters().SelectMany(p => Misfits(p.Parameter, p.Value).Select(problem => $"{file.Path}: {p.Template.Path}: {p.Parameter.Name} {problem}")));
    }

    private static IEnumerable<string> Misfits(Declaration.Parameter parameter, object? value)
    {
        Evaluator constant = new(_ => Unknown.Value);
        object? Bound(string name) => parameter.Decorated(name) is { } bound ? constant.Of(bound) : null;
        if (value is Unknown)
        {
            yield break;
        }
        if (!IsOf(parameter.Type, value))
        {
            yield return $"is no {parameter.Type}.";
        }
        if (Bound("allowed") is List<object?> allowed && !allowed.Contains(value))
        {
            yield return $"may not be {value}.";
        }
        long? size = value switch { long number => number, string text => text.Length, List<object?> list => list.Count, _ => null };
        (string least, string most) = value is long ? ("minValue", "maxValue") : ("minLength", "maxLength");
        if (size < (long?)Bound(least) || size > (long?)Bound(most))
        {
            yield return $"is out of bounds: {value}.";
        }
    }

    private static bool IsOf(string type, object? value) => type switch
    {
        "string" => value is string,
        "int" => value is long,
        "bool" => value is bool,
        "array" => value is List<object?>,
        _ when type.EndsWith("[]", StringComparison.Ordinal) => value is List<object?> list && list.All(item => IsOf(type[..^2], item)),
        _ => value is Dictionary<string, object?>,
    };
}
