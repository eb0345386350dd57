using CodeExec.Infra.Tests.Bicep;
using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests.Checks;

/// <summary>What a template says to a module is what the module listens to, and what it hears is what the module tells.</summary>
internal static class ModuleCheck
{
    public static IEnumerable<string> Problems(Templates templates)
        => templates.Deployable.SelectMany(file => file.Modules.SelectMany(module => Problems(templates, file, module)));

    private static IEnumerable<string> Problems(Templates templates, Template file, Declaration.Module module)
    {
        if (templates.Find(file.Resolve(module.Path)) is not { } target)
        {
            return [$"{file.Path}:{module.Line}: {module.Path} is not there."];
        }
        Expression.Object body = TemplateResource.BodyOf(module.Body) ?? throw new BicepSyntaxException(module.Line, "A module has an object as its body.");
        string[] passed = [.. (body["params"] as Expression.Object)?.Properties.Select(property => property.Key ?? "") ?? []];
        return passed.Where(name => target.Parameters.All(parameter => parameter.Name != name)).Select(name => $"{file.Path}: {module.Path} has no parameter {name}.")
            .Concat(target.Parameters.Where(parameter => parameter.IsRequired && !passed.Contains(parameter.Name)).Select(parameter => $"{file.Path}: {module.Path} needs {parameter.Name}."))
            .Concat(OutputsOf(file, module.Name).Where(output => target.Outputs.All(known => known.Name != output)).Select(output => $"{file.Path}: {module.Path} has no output {output}."))
            .Concat(body["name"] is null ? [$"{file.Path}: {module.Name} has no name."] : []);
    }

    private static IEnumerable<string> OutputsOf(Template file, string module)
        => file.Declarations.SelectMany(declaration => declaration.Expressions()).SelectMany(expression => expression.AndAllIn())
            .OfType<Expression.Member>()
            .Where(member => member.Of is Expression.Member { Property: "outputs" } outputs && NameOf(outputs.Of) == module)
            .Select(member => member.Property);

    private static string? NameOf(Expression of) => of switch
    {
        Expression.Name name => name.Value,
        Expression.Index index => NameOf(index.Of),
        _ => null,
    };
}
