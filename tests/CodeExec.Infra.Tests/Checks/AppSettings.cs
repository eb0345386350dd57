using CodeExec.Infra.Tests.Bicep.Evaluation;

namespace CodeExec.Infra.Tests.Checks;

internal static class AppSettings
{
    /// <summary>What the app would find among its settings; <see cref="Unknown.InText"/> for what only Azure knows.</summary>
    public static IReadOnlyDictionary<string, object?> Of(Deployment deployment)
        => deployment.Resources().Where(resource => resource is { Type: "Microsoft.Web/sites/config", Name: "appsettings" })
            .Select(resource => resource.At("properties")).OfType<Dictionary<string, object?>>().SelectMany(settings => settings)
            .ToDictionary(setting => setting.Key, setting => setting.Value is Unknown ? Unknown.InText : setting.Value);
}
