using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using CodeExec.Infra.Tests.Bicep.Evaluation;
using Microsoft.Extensions.Configuration;

namespace CodeExec.Infra.Tests.Checks;

/// <summary>The app finds each setting that it needs, understands each that it finds, and takes their values.</summary>
internal static class SettingsCheck
{
    /// <summary>Settings of the Functions host that hold for an identity what one connection string holds on a developer's machine.</summary>
    private static readonly string[] OfTheHost =
    [
        "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    ];

    /// <summary>What stands in the sample for a developer's machine, and what stands in Azure instead.</summary>
    private static readonly Dictionary<string, string[]> Instead = new()
    {
        ["FUNCTIONS_WORKER_RUNTIME"] = [], // refused on Flex Consumption, which has functionAppConfig.runtime
        ["AzureWebJobsStorage"] = OfTheHost,
        ["Storage__Azure__ConnectionString"] = ["Storage__Azure__Account", "Storage__Azure__IdentityClientId"],
        ["Cells__RunnerPath"] = [], // programs run in container groups there
    };

    private static readonly (string Section, Type Type)[] Options = [.. FindOptions()];

    public static IEnumerable<string> Problems(Deployment deployment, string sampleSettings)
    {
        string[] sample = [.. JsonSerializer.Deserialize<JsonElement>(sampleSettings).GetProperty("Values").EnumerateObject().Select(setting => setting.Name)];
        IReadOnlyDictionary<string, object?> set = AppSettings.Of(deployment);
        string[] required = [.. sample.SelectMany(name => Instead.TryGetValue(name, out string[]? others) ? others : [name])];
        string[] forbidden = [.. Instead.Keys.Where(set.ContainsKey)];
        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection(set.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value as string))).Build();
        return required.Where(name => !set.ContainsKey(name)).Select(name => $"The app needs {name}.")
            .Concat(forbidden.Select(name => $"{name} is for a developer's machine."))
            .Concat(set.Where(setting => setting.Value is not string { Length: > 0 }).Select(setting => $"{setting.Key} has no text as its value."))
            .Concat(set.Keys.Where(name => !required.Contains(name) && Options.All(options => !name.StartsWith(options.Section.Replace(":", "__", StringComparison.Ordinal) + "__", StringComparison.Ordinal)))
                .Select(name => $"Nobody reads {name}."))
            .Concat(Options.SelectMany(options => Misunderstood(settings, options.Section, options.Type)));
    }

    private static IEnumerable<string> Misunderstood(IConfiguration settings, string section, Type type)
    {
        IConfigurationSection given = settings.GetSection(section);
        if (!given.Exists())
        {
            return [];
        }
        try
        {
            object options = given.Get(type, binder => binder.ErrorOnUnknownConfiguration = true)!;
            List<ValidationResult> problems = [];
            return Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true) ? [] : problems.Select(problem => $"{section}: {problem.ErrorMessage}");
        }
        catch (InvalidOperationException e)
        {
            return [$"{section}: {e.InnerException?.Message ?? e.Message}"];
        }
    }

    /// <summary>All classes of settings of the host: they name their section.</summary>
    private static IEnumerable<(string Section, Type Type)> FindOptions()
        => Assembly.Load("CodeExec.Functions").GetReferencedAssemblies().Where(name => name.Name!.StartsWith("CodeExec.", StringComparison.Ordinal)).Select(Assembly.Load)
            .Append(Assembly.Load("CodeExec.Functions"))
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => (type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string, type))
            .Where(found => found.Item1 is not null)
            .Select(found => (found.Item1!, found.type));
}
