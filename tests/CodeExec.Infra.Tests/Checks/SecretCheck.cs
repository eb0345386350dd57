using CodeExec.Infra.Tests.Bicep;
using CodeExec.Infra.Tests.Bicep.Evaluation;
using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests.Checks;

/// <summary>No secret stands in a template, in an output (they are kept with each deployment), or in a setting of the app.</summary>
internal static class SecretCheck
{
    private static readonly string[] Secretive = ["key", "secret", "password", "token", "connectionstring"];

    public static IEnumerable<string> Problems(Templates templates) => templates.Deployable.SelectMany(file => Problems(templates, file));

    /// <summary>Settings whose names sound of secrets must be references into the vault.</summary>
    public static IEnumerable<string> Problems(Deployment deployment)
        => AppSettings.Of(deployment)
            .Where(setting => Secretive.Any(word => setting.Key.Split("__")[^1].EndsWith(word, StringComparison.OrdinalIgnoreCase)))
            .Where(setting => setting.Value is not string value || !value.StartsWith("@Microsoft.KeyVault(SecretUri=", StringComparison.Ordinal))
            .Select(setting => $"The setting {setting.Key} is a secret that does not come from the vault.");

    private static IEnumerable<string> Problems(Templates templates, Template file)
    {
        HashSet<string> secure = [.. file.Parameters.Where(parameter => parameter.IsSecure).Select(parameter => parameter.Name)];
        return file.Outputs.Where(output => output.Value.AndAllIn().Any(part => part is Expression.Name name && secure.Contains(name.Value)))
            .Select(output => $"{file.Path}: the output {output.Name} tells a secret.")
            .Concat(file.Declarations.SelectMany(d => d.Expressions()).SelectMany(e => e.AndAllIn()).OfType<Expression.Call>()
                .Where(call => call.Function.StartsWith("list", StringComparison.Ordinal)).Select(call => $"{file.Path}:{call.Line}: {call.Function}() asks for keys, and there are none here."))
            .Concat(file.Parameters.Where(parameter => parameter.IsSecure && parameter.Value is { } value && new Evaluator(_ => Unknown.Value).Of(value) is not "")
                .Select(parameter => $"{file.Path}: {parameter.Name} is secret and has a value."))
            .Concat(file.Modules.SelectMany(module => PassedOpenly(templates, file, module, secure)));
    }

    private static IEnumerable<string> PassedOpenly(Templates templates, Template file, Declaration.Module module, HashSet<string> secure)
        => ((TemplateResource.BodyOf(module.Body)?["params"] as Expression.Object)?.Properties ?? [])
            .Where(property => property.Value.AndAllIn().Any(part => part is Expression.Name name && secure.Contains(name.Value)))
            .Where(property => templates.Find(file.Resolve(module.Path))?.Parameters.FirstOrDefault(parameter => parameter.Name == property.Key)?.IsSecure != true)
            .Select(property => $"{file.Path}: {module.Path} would show the secret that it gets as {property.Key}.");
}
