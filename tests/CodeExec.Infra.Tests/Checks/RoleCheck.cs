using System.Text.RegularExpressions;
using CodeExec.Infra.Tests.Bicep;
using CodeExec.Infra.Tests.Bicep.Evaluation;
using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests.Checks;

/// <summary>Roles are those of the list, called what they are, given for one resource and to one kind of principal; our own role names each right.</summary>
internal static partial class RoleCheck
{
    private const string Assignment = "Microsoft.Authorization/roleAssignments";

    public static IEnumerable<string> Problems(Templates templates)
        => templates.Deployable.SelectMany(file => file.Declarations.SelectMany(d => d.Expressions()).SelectMany(e => e.AndAllIn()).SelectMany(part => Problems(file, part)))
            .Concat(templates.Deployable.SelectMany(file => file.Resources.Where(resource => resource.Type == Assignment).SelectMany(resource => Problems(file, resource))));

    /// <summary>As they would be given.</summary>
    public static IEnumerable<string> Problems(Deployment deployment)
    {
        Planned[] all = [.. deployment.Resources()];
        string[] own = [.. all.Where(resource => resource.Type == "Microsoft.Authorization/roleDefinitions").Select(role => role.Name)];
        return all.Where(resource => resource.Type == Assignment)
            .Select(resource => (resource, Role: (resource.At("properties", "roleDefinitionId") as string ?? "").Split('/')[^1]))
            .Where(given => !BuiltInRoles.Ids.ContainsKey(given.Role) && !own.Contains(given.Role))
            .Select(given => $"{given.resource.Template}: {given.resource.Symbol} gives '{given.Role}', which is neither of the list nor ours.")
            .Concat(all.Where(resource => resource.Type == "Microsoft.Authorization/roleDefinitions")
                .SelectMany(role => role.ItemsAt("properties", "permissions"))
                .SelectMany(permission => permission.GetValueOrDefault("actions") as List<object?> ?? [])
                .Where(action => action is not string right || right.Contains('*', StringComparison.Ordinal) || right.StartsWith("Microsoft.Authorization/", StringComparison.Ordinal))
                .Select(action => $"Our role has '{action}', which is more than one right, or a right over rights."));
    }

    private static IEnumerable<string> Problems(Template file, Expression part) => part switch
    {
        Expression.Literal { Value: string id } when Guid().IsMatch(id) && !BuiltInRoles.Ids.ContainsKey(id) => [$"{file.Path}:{part.Line}: {id} is no role of the list."],
        Expression.Object all => all.Properties
            .Where(property => property is { Key: not null, Value: Expression.Text { Parts: [Expression.Literal { Value: string id }] } }
                && BuiltInRoles.Ids.TryGetValue(id, out string? role) && BuiltInRoles.AsVariable(role) != property.Key)
            .Select(property => $"{file.Path}:{property.Value.Line}: what is called {property.Key} is {BuiltInRoles.Ids[((Expression.Literal)((Expression.Text)property.Value).Parts[0]).Value as string ?? ""]}."),
        _ => [],
    };

    private static IEnumerable<string> Problems(Template file, TemplateResource assignment)
    {
        Expression.Object? properties = assignment.Body?["properties"] as Expression.Object;
        bool isOurs = properties?["roleDefinitionId"] is Expression.Member { Property: "id" };
        return (properties?["principalType"] is null ? [$"{file.Path}: {assignment.Declared.Name} must say what kind of principal it is for: a new one is not found otherwise."] : Enumerable.Empty<string>())
            .Concat(assignment.Body?["scope"] is null && !isOurs ? [$"{file.Path}: {assignment.Declared.Name} gives a role for the whole group."] : []);
    }

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", RegexOptions.IgnoreCase)]
    private static partial Regex Guid();
}
