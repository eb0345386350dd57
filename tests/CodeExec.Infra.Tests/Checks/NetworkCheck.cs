using System.Net;
using CodeExec.Infra.Tests.Bicep.Evaluation;

namespace CodeExec.Infra.Tests.Checks;

/// <summary>Programs without the right to a network reach nothing, and those with it nothing internal.</summary>
internal static class NetworkCheck
{
    private const string Groups = "Microsoft.ContainerInstance/containerGroups";

    private static readonly string[] Internal = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];

    public static IEnumerable<string> Problems(Deployment deployment)
    {
        Planned[] all = [.. deployment.Resources()];
        Planned[] networks = [.. all.Where(resource => resource.Type == "Microsoft.Network/virtualNetworks")];
        return networks.Length == 0 ? ["There is no network."] : networks.SelectMany(network => NetworkProblems(all, network));
    }

    private static IEnumerable<string> NetworkProblems(Planned[] all, Planned network)
    {
        Planned[] subnets = [.. network.ItemsAt("properties", "subnets").Select(subnet => new Planned(network.Template, "subnet", "subnet", network.Name, subnet))];
        IPNetwork[] ranges = [.. subnets.Select(subnet => IPNetwork.Parse((string)subnet.At("properties", "addressPrefix")!))];
        IPNetwork whole = IPNetwork.Parse((string)((List<object?>)network.At("properties", "addressSpace", "addressPrefixes")!)[0]!);
        return subnets.SelectMany(subnet => SubnetProblems(all, subnet).Select(problem => $"{network.Template}: the subnet {subnet.Name} {problem}"))
            .Concat(ranges.Where(range => range.PrefixLength is < 8 or > 29 || !whole.Contains(range.BaseAddress)).Select(range => $"{network.Template}: {range} does not fit into {whole}."))
            .Concat(ranges.Where((range, at) => ranges.Take(at).Any(other => other.Contains(range.BaseAddress) || range.Contains(other.BaseAddress))).Select(range => $"{network.Template}: {range} overlaps with another."))
            .Concat(subnets.Any(subnet => subnet.Name == "runs") ? Enumerable.Empty<string>() : [$"{network.Template}: there is no subnet 'runs'."]);
    }

    private static IEnumerable<string> SubnetProblems(Planned[] all, Planned subnet)
    {
        if (!subnet.ItemsAt("properties", "delegations").Any(d => d.GetValueOrDefault("properties") is Dictionary<string, object?> p && p.GetValueOrDefault("serviceName") is Groups))
        {
            yield return "is not delegated to container groups.";
        }
        if (subnet.At("properties", "defaultOutboundAccess") is not false)
        {
            yield return "has the platform's way out.";
        }
        string guard = (subnet.At("properties", "networkSecurityGroup", "id") as string ?? "").Split('/')[^1];
        if (all.FirstOrDefault(resource => resource.Type == "Microsoft.Network/networkSecurityGroups" && resource.Name == guard) is not { } rules)
        {
            yield return "has no rules.";
            yield break;
        }
        Planned[] outbound = [.. rules.ItemsAt("properties", "securityRules").Select(rule => new Planned(rules.Template, "rule", "rule", guard, rule))
            .Where(rule => rule.At("properties", "direction") is "Outbound").OrderBy(rule => rule.At("properties", "priority") as long?)];
        if (outbound.Any(rule => rule.At("properties", "access") is not "Deny"))
        {
            yield return "allows something out by a rule.";
        }
        bool isClosed = outbound.Any(rule => rule.At("properties", "destinationAddressPrefix") is "*" && rule.At("properties", "destinationPortRange") is "*" && rule.At("properties", "protocol") is "*");
        if (subnet.Name == "runs" && (!isClosed || subnet.At("properties", "natGateway") is not null))
        {
            yield return "has a way out.";
        }
        string[] denied = [.. outbound.Where(rule => rule.At("properties", "protocol") is "*").SelectMany(rule => rule.At("properties", "destinationAddressPrefixes") as List<object?> ?? []).OfType<string>()];
        if (!isClosed && Internal.Except(denied).ToArray() is { Length: > 0 } reachable)
        {
            yield return $"reaches {string.Join(", ", reachable)}.";
        }
    }
}
