using CodeExec.Infra.Tests.Bicep.Evaluation;

namespace CodeExec.Infra.Tests.Checks;

/// <summary>No service takes keys, names or passwords: who may is asked of the directory.</summary>
internal static class LocalKeyCheck
{
    private static readonly (string Type, string[] Path, object Value)[] Required =
    [
        ("Microsoft.Storage/storageAccounts", ["properties", "allowSharedKeyAccess"], false),
        ("Microsoft.Storage/storageAccounts", ["properties", "allowBlobPublicAccess"], false),
        ("Microsoft.Storage/storageAccounts", ["properties", "minimumTlsVersion"], "TLS1_2"),
        ("Microsoft.Storage/storageAccounts", ["properties", "supportsHttpsTrafficOnly"], true),
        ("Microsoft.ContainerRegistry/registries", ["properties", "adminUserEnabled"], false),
        ("Microsoft.ContainerRegistry/registries", ["properties", "anonymousPullEnabled"], false),
        ("Microsoft.SignalRService/signalR", ["properties", "disableLocalAuth"], true),
        ("Microsoft.KeyVault/vaults", ["properties", "enableRbacAuthorization"], true),
        ("Microsoft.KeyVault/vaults", ["properties", "enablePurgeProtection"], true),
        ("Microsoft.Insights/components", ["properties", "DisableLocalAuth"], true),
        ("Microsoft.OperationalInsights/workspaces", ["properties", "features", "disableLocalAuth"], true),
        ("Microsoft.Web/sites", ["properties", "httpsOnly"], true),
        ("Microsoft.Web/sites", ["identity", "type"], "UserAssigned"),
        ("Microsoft.Web/sites", ["properties", "functionAppConfig", "deployment", "storage", "authentication", "type"], "UserAssignedIdentity"),
        ("Microsoft.Web/sites/basicPublishingCredentialsPolicies", ["properties", "allow"], false),
    ];

    public static IEnumerable<string> Problems(Deployment deployment)
        => deployment.Resources().SelectMany(resource => Required
            .Where(rule => rule.Type == resource.Type && !Equals(resource.At(rule.Path), rule.Value))
            .Select(rule => $"{resource.Template}: {resource.Symbol}: {string.Join('.', rule.Path)} must be {rule.Value}."));
}
