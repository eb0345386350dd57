using System.Text.RegularExpressions;
using CodeExec.Infra.Tests.Bicep.Evaluation;

namespace CodeExec.Infra.Tests.Checks;

/// <summary>The names that come out are names that Azure takes: its rules for each type, as of "Naming rules and restrictions for Azure resources".</summary>
internal static partial class NameCheck
{
    private const string Guid = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
    private const string Network = @"^[a-zA-Z0-9]([\w.-]{0,78}\w)?$";

    private static readonly Dictionary<string, string> Rules = new()
    {
        ["Microsoft.Authorization/roleAssignments"] = Guid,
        ["Microsoft.Authorization/roleDefinitions"] = Guid,
        ["Microsoft.ContainerRegistry/registries"] = "^[a-zA-Z0-9]{5,50}$",
        ["Microsoft.ContainerRegistry/registries/tokens"] = "^[a-zA-Z0-9-]{5,50}$",
        ["Microsoft.Insights/components"] = @"^[\w().-]{0,254}[\w()-]$",
        ["Microsoft.KeyVault/vaults"] = "^(?=.{3,24}$)[a-zA-Z](-?[a-zA-Z0-9])*$",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$",
        ["Microsoft.Network/natGateways"] = Network,
        ["Microsoft.Network/networkSecurityGroups"] = Network,
        ["Microsoft.Network/publicIPAddresses"] = Network,
        ["Microsoft.Network/virtualNetworks"] = @"^[a-zA-Z0-9][\w.-]{0,62}\w$",
        ["Microsoft.OperationalInsights/workspaces"] = "^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$",
        ["Microsoft.SignalRService/signalR"] = "^[a-zA-Z][a-zA-Z0-9-]{1,61}[a-zA-Z0-9]$",
        ["Microsoft.Storage/storageAccounts"] = "^[a-z0-9]{3,24}$",
        ["Microsoft.Storage/storageAccounts/blobServices"] = "^default$",
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = "^(?=.{3,63}$)[a-z0-9](-?[a-z0-9])*$",
        ["Microsoft.Storage/storageAccounts/queueServices"] = "^default$",
        ["Microsoft.Storage/storageAccounts/queueServices/queues"] = "^(?=.{3,63}$)[a-z0-9](-?[a-z0-9])*$",
        ["Microsoft.Web/serverfarms"] = "^[a-zA-Z0-9-]{1,60}$",
        ["Microsoft.Web/sites"] = "^(?=.{2,60}$)[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]$",
        ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = "^(ftp|scm)$",
        ["Microsoft.Web/sites/config"] = "^appsettings$",
    };

    public static IEnumerable<string> Problems(Deployment deployment)
    {
        Planned[] resources = [.. deployment.Resources()];
        return resources.Where(resource => !Rules.ContainsKey(resource.Type)).Select(resource => $"{resource.Template}: no rule is known for names of {resource.Type}.")
            .Concat(resources.Where(resource => Rules.TryGetValue(resource.Type, out string? rule) && !Regex.IsMatch(resource.Name, rule, RegexOptions.None, TimeSpan.FromSeconds(1)))
                .Select(resource => $"{resource.Template}: '{resource.Name}' is no name for a {resource.Type}."))
            .Concat(resources.GroupBy(resource => (resource.Type, resource.Parent, resource.Name)).Where(same => same.Count() > 1)
                .Select(same => $"{same.Key.Type}: '{same.Key.Name}' would be made {same.Count()} times."));
    }
}
