using Azure.Core;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.ContainerInstance.Models;

public class ContainerGroupImageRegistryCredential
{
    public ContainerGroupImageRegistryCredential(string server) => Server = server;

    public string Server { get; set; }

    public string Username { get; set; }

    public string Password { get; set; }

    public string Identity { get; set; }
}

public class ContainerGroupSubnetId
{
    public ContainerGroupSubnetId(ResourceIdentifier id) => Id = id;

    public ResourceIdentifier Id { get; set; }

    public string Name { get; set; }
}

public class ContainerExecContent
{
    public string Command { get; set; }

    public ContainerExecRequestTerminalSize TerminalSize { get; set; }
}

public class ContainerExecRequestTerminalSize
{
    public int? Rows { get; set; }

    public int? Cols { get; set; }
}

public class ContainerGroupPatch : TrackedResourceData
{
    public ContainerGroupPatch(AzureLocation location)
        : base(location)
    {
    }

    public IList<string> Zones { get; } = [];
}
