using System.ComponentModel.DataAnnotations;
using Azure.Core;

namespace CodeExec.Containers.Aci;

/// <summary>What settings must agree on with each other, each said with what to do.</summary>
internal static class AciRules
{
    private const double LargestSpotCpu = 4;
    private const double LargestSpotMemory = 16;

    public static IEnumerable<ValidationResult> Check(AciOptions options)
        => Everywhere(options).Concat(Networks(options)).Concat(Registry(options)).Select(problem => new ValidationResult(problem));

    private static IEnumerable<string> Everywhere(AciOptions options)
    {
        if (options.SubscriptionId.Length > 0 && !Guid.TryParse(options.SubscriptionId, out _))
        {
            yield return "Aci:SubscriptionId must be a GUID.";
        }

        if (options.Regions.Count == 0)
        {
            yield return "Aci:Regions is empty: name at least one (Aci:Regions:0:Name=westeurope).";
        }

        if (options.Regions.GroupBy(region => region.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return $"Aci:Regions names {twice.Key} more than once.";
        }

        if (options.StartTimeout > options.LongestLife)
        {
            yield return "Aci:StartTimeout is longer than Aci:LongestLife: a group would be removed before it has started.";
        }

        if (options.Spot && (options.Cpu > LargestSpotCpu || options.MemoryGb > LargestSpotMemory))
        {
            yield return $"Aci:Spot groups have at most {LargestSpotCpu} processors and {LargestSpotMemory} GB (Aci:Cpu, Aci:MemoryGb).";
        }
    }

    private static IEnumerable<string> Networks(AciOptions options)
    {
        foreach (AciRegion region in options.Regions)
        {
            foreach ((string name, string? subnet) in new[] { (nameof(region.ClosedSubnet), region.ClosedSubnet), (nameof(region.OpenSubnet), region.OpenSubnet) })
            {
                if (subnet is not null && !IsResource(subnet, "Microsoft.Network/virtualNetworks/subnets"))
                {
                    yield return $"Aci:Regions: {name} of {region.Name} must be the resource id of a subnet (/subscriptions/…/virtualNetworks/…/subnets/…).";
                }
            }

            if (region.ClosedSubnet is null && !options.AllowOpenNetwork)
            {
                yield return $"Aci:Regions: {region.Name} has no ClosedSubnet, so programs there could reach the internet. Name a delegated subnet that lets nothing out (docs/azure.md), or accept it with Aci:AllowOpenNetwork=true; every result then says so.";
            }

            if (region.ClosedSubnet is { } closed && string.Equals(closed, region.OpenSubnet, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"Aci:Regions: ClosedSubnet and OpenSubnet of {region.Name} are the same.";
            }

            if (options.Spot && (region.ClosedSubnet ?? region.OpenSubnet) is not null)
            {
                yield return $"Aci:Spot and a subnet in {region.Name}: Azure has no spot groups in virtual networks. Leave one of them out.";
            }
        }
    }

    private static IEnumerable<string> Registry(AciOptions options)
    {
        if ((options.RegistryUser is null) != (options.RegistryPassword is null))
        {
            yield return "Aci:RegistryUser and Aci:RegistryPassword belong together.";
        }

        if (options.RegistryUser is not null && options.RegistryIdentity is not null)
        {
            yield return "Aci:RegistryUser and Aci:RegistryIdentity exclude each other.";
        }

        if ((options.RegistryUser ?? options.RegistryIdentity) is not null && options.Registry is null)
        {
            yield return "Aci:Registry is missing: the registry that Aci:RegistryUser or Aci:RegistryIdentity is for.";
        }

        if (options.RegistryIdentity is { } identity)
        {
            if (!IsResource(identity, "Microsoft.ManagedIdentity/userAssignedIdentities"))
            {
                yield return "Aci:RegistryIdentity must be the resource id of a user-assigned identity (/subscriptions/…/userAssignedIdentities/…).";
            }

            if (!options.AllowReachableIdentity)
            {
                yield return "Aci:RegistryIdentity: user code in a group can ask for the tokens of the group's identity. Use a token of the registry that may only read (Aci:RegistryUser, Aci:RegistryPassword), or accept it with Aci:AllowReachableIdentity=true; every result then says so.";
            }
        }
    }

    private static bool IsResource(string text, string type) => ResourceIdentifier.TryParse(text, out ResourceIdentifier? id) && string.Equals(id!.ResourceType.ToString(), type, StringComparison.OrdinalIgnoreCase);
}
