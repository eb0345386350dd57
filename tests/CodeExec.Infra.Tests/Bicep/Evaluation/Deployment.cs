using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests.Bicep.Evaluation;

/// <summary>A template with values for its parameters, and those of its modules with theirs: what would be asked of Azure.</summary>
internal sealed class Deployment
{
    private readonly Templates _templates;
    private readonly Template _template;
    private readonly IReadOnlyDictionary<string, object?> _values;
    private readonly Dictionary<string, Deployment[]> _modules = [];
    private readonly Evaluator _evaluator;

    private Deployment(Templates templates, Template template, IReadOnlyDictionary<string, object?> values)
    {
        _templates = templates;
        _template = template;
        _values = values;
        _evaluator = new(Resolve);
    }

    /// <summary>The template that a .bicepparam file is for, with its values.</summary>
    public static Deployment Of(Templates templates, Template parameterFile)
    {
        string path = parameterFile.Resolve(parameterFile.Declarations.OfType<Declaration.Using>().Single().Path);
        return new(templates, templates.Find(path) ?? throw new BicepSyntaxException(0, $"{parameterFile.Path} is for {path}, which is not there."), ValuesIn(parameterFile));
    }

    public static Dictionary<string, object?> ValuesIn(Template parameterFile)
    {
        Evaluator evaluator = new(name => throw new BicepSyntaxException(0, $"{parameterFile.Path}: {name} is no name here."));
        return parameterFile.Parameters.ToDictionary(parameter => parameter.Name, parameter => evaluator.Of(parameter.Value!));
    }

    /// <summary>The values of the template's parameters, and of those of its modules.</summary>
    public IEnumerable<(Template Template, Declaration.Parameter Parameter, object? Value)> Parameters()
        => _template.Parameters.Select(parameter => (_template, parameter, Resolve(parameter.Name))).Concat(Modules().SelectMany(module => module.Parameters()));

    /// <summary>All resources that would be made. Those that are expected to be there are not among them.</summary>
    public IEnumerable<Planned> Resources()
        => _template.Resources.Where(resource => !resource.Declared.IsExisting).SelectMany(Plan).Concat(Modules().SelectMany(module => module.Resources()));

    public object? Output(string name) => _template.Outputs.FirstOrDefault(output => output.Name == name) is { } output ? _evaluator.Of(output.Value) : Unknown.Value;

    private IEnumerable<Deployment> Modules() => _template.Modules.SelectMany(Module);

    private IEnumerable<Planned> Plan(TemplateResource resource)
    {
        object? body = _evaluator.Of(resource.Declared.Body);
        string? parent = resource.Parent is { } outer ? Named(outer)
            : resource.Body?["parent"] is Expression.Name symbol ? Named(_template.Resources.Single(other => other.Declared.Name == symbol.Value)) : null;
        return (body as List<object?> ?? [body]).OfType<Dictionary<string, object?>>()
            .Select(one => new Planned(_template.Path, resource.Declared.Name, resource.Type, parent, one));
    }

    private string Named(TemplateResource resource) => resource.Body?["name"] is { } name && resource.Declared.Body is not Expression.For ? _evaluator.Of(name) as string ?? "" : "";

    private object? Resolve(string name) => _template.Declarations.FirstOrDefault(declaration => declaration.Name == name) switch
    {
        Declaration.Parameter parameter => _values.TryGetValue(name, out object? value) ? value : parameter.Value is null ? Unknown.Value : _evaluator.Of(parameter.Value),
        Declaration.Variable variable => _evaluator.Of(variable.Value),
        Declaration.Resource resource => Reference(TemplateResource.Of(resource, null).First()),
        Declaration.Module module => new Dictionary<string, object?> { ["outputs"] = Module(module).FirstOrDefault()?.Outputs() },
        _ => Unknown.Value,
    };

    private Dictionary<string, object?> Outputs() => _template.Outputs.ToDictionary(output => output.Name, output => Output(output.Name));

    private Dictionary<string, object?> Reference(TemplateResource resource)
    {
        string name = Named(resource);
        return new() { ["name"] = name, ["id"] = $"{BicepFunctions.Group}/providers/{resource.Type}/{name}" };
    }

    /// <summary>One, or as many as its loop makes.</summary>
    private Deployment[] Module(Declaration.Module module)
    {
        if (!_modules.TryGetValue(module.Name, out Deployment[]? known))
        {
            object? body = _evaluator.Of(module.Body);
            Template? template = _templates.Find(_template.Resolve(module.Path));
            known = template is null ? [] : [.. (body as List<object?> ?? [body]).OfType<Dictionary<string, object?>>()
                .Select(one => new Deployment(_templates, template, one.GetValueOrDefault("params") as Dictionary<string, object?> ?? []))];
            _modules[module.Name] = known;
        }
        return known;
    }
}
