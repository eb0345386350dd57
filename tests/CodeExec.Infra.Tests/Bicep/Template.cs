using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests.Bicep;

/// <summary>One .bicep or .bicepparam file.</summary>
/// <param name="Path">From the folder of all templates, with slashes.</param>
internal sealed record Template(string Path, IReadOnlyList<Declaration> Declarations)
{
    public bool IsParameterFile => Path.EndsWith(".bicepparam", StringComparison.Ordinal);

    public IEnumerable<Declaration.Parameter> Parameters => Declarations.OfType<Declaration.Parameter>();

    public IEnumerable<Declaration.Output> Outputs => Declarations.OfType<Declaration.Output>();

    public IEnumerable<Declaration.Module> Modules => Declarations.OfType<Declaration.Module>();

    /// <summary>Resources, and those declared within them, with their whole types.</summary>
    public IEnumerable<TemplateResource> Resources => Declarations.OfType<Declaration.Resource>().SelectMany(resource => TemplateResource.Of(resource, null));

    /// <summary>Where another file is that this one names.</summary>
    public string Resolve(string relative)
    {
        List<string> parts = [.. Path.Split('/')[..^1]];
        foreach (string part in relative.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }
        return string.Join('/', parts);
    }
}
