using Azure.Core;
using Azure.ResourceManager.ContainerInstance.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.ContainerInstance;

public class ContainerGroupData : TrackedResourceData
{
    public ContainerGroupData(AzureLocation location, IEnumerable<ContainerInstanceContainer> containers, ContainerInstanceOperatingSystemType osType)
        : base(location)
    {
        Containers = [.. containers];
        OSType = osType;
    }

    internal ContainerGroupData(ResourceIdentifier id, string name, IDictionary<string, string> tags, AzureLocation location, IEnumerable<ContainerInstanceContainer> containers, string provisioningState, ContainerGroupInstanceView instanceView)
        : base(id, name, id.ResourceType, null, tags, location)
    {
        Containers = [.. containers];
        ProvisioningState = provisioningState;
        InstanceView = instanceView;
    }

    public ManagedServiceIdentity Identity { get; set; }

    public string ProvisioningState { get; }

    public IList<ContainerInstanceContainer> Containers { get; }

    public IList<ContainerGroupImageRegistryCredential> ImageRegistryCredentials { get; } = [];

    public ContainerGroupRestartPolicy? RestartPolicy { get; set; }

    public ContainerInstanceOperatingSystemType OSType { get; set; }

    public IList<ContainerVolume> Volumes { get; } = [];

    public ContainerGroupInstanceView InstanceView { get; }

    public IList<ContainerGroupSubnetId> SubnetIds { get; } = [];

    public ContainerGroupSku? Sku { get; set; }

    public ContainerGroupPriority? Priority { get; set; }

    public IList<string> Zones { get; } = [];
}
