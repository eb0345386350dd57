using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests.Bicep;

/// <param name="Type">Without the version, with the types of those around it.</param>
/// <param name="Version">Its own, or that of those around it; empty if there is none.</param>
/// <param name="Parent">What it is declared within.</param>
internal sealed record TemplateResource(Declaration.Resource Declared, string Type, string Version, TemplateResource? Parent)
{
    /// <summary>Its properties: without the loop or condition that may be around them.</summary>
    public Expression.Object? Body => BodyOf(Declared.Body);

    public static IEnumerable<TemplateResource> Of(Declaration.Resource declared, TemplateResource? parent)
    {
        string[] parts = declared.Type.Split('@', 2);
        TemplateResource resource = new(declared, parent is null ? parts[0] : $"{parent.Type}/{parts[0]}", parts.Length == 2 ? parts[1] : parent?.Version ?? "", parent);
        yield return resource;
        foreach (TemplateResource child in (resource.Body?.Resources ?? []).SelectMany(child => Of(child, resource)))
        {
            yield return child;
        }
    }

    public static Expression.Object? BodyOf(Expression body) => body switch
    {
        Expression.For each => BodyOf(each.Body),
        Expression.When on => BodyOf(on.Body),
        _ => body as Expression.Object,
    };
}
