using System.Text.RegularExpressions;
using CodeExec.Infra.Tests.Bicep;

namespace CodeExec.Infra.Tests.Checks;

/// <summary>Types and versions are well-formed, released, and the same wherever a type is used.</summary>
internal static partial class ResourceCheck
{
    public static IEnumerable<string> Problems(Templates templates)
    {
        (Template File, TemplateResource Resource)[] all = [.. templates.Deployable.SelectMany(file => file.Resources.Select(resource => (file, resource)))];
        return all.Where(found => !Whole().IsMatch($"{found.Resource.Type}@{found.Resource.Version}"))
            .Select(found => $"{found.File.Path}: '{found.Resource.Type}@{found.Resource.Version}' is no type with a released version.")
            .Concat(all.GroupBy(found => found.Resource.Type)
                .Where(same => same.Select(found => found.Resource.Version).Distinct().Count() > 1)
                .Select(same => $"{same.Key} has several versions: {string.Join(", ", same.Select(found => $"{found.File.Path} {found.Resource.Version}"))}."))
            .Concat(all.Where(found => found.Resource.Body?["name"] is null).Select(found => $"{found.File.Path}: {found.Resource.Declared.Name} has no name."));
    }

    [GeneratedRegex(@"^Microsoft\.[A-Za-z]+(/[A-Za-z]+)+@20[12]\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])$")]
    private static partial Regex Whole();
}
