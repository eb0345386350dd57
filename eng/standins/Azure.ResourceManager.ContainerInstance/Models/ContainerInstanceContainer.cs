namespace Azure.ResourceManager.ContainerInstance.Models;

public class ContainerInstanceContainer
{
    public ContainerInstanceContainer(string name, string image, ContainerResourceRequirements resources)
    {
        Name = name;
        Image = image;
        Resources = resources;
    }

    internal ContainerInstanceContainer(string name, string image, ContainerInstanceView instanceView)
    {
        Name = name;
        Image = image;
        InstanceView = instanceView;
    }

    public string Name { get; set; }

    public string Image { get; set; }

    public IList<string> Command { get; } = [];

    public IList<ContainerEnvironmentVariable> EnvironmentVariables { get; } = [];

    public ContainerInstanceView InstanceView { get; }

    public ContainerResourceRequirements Resources { get; set; }

    public IList<ContainerVolumeMount> VolumeMounts { get; } = [];

    public ContainerSecurityContextDefinition SecurityContext { get; set; }
}

public class ContainerResourceRequirements
{
    public ContainerResourceRequirements(ContainerResourceRequestsContent requests) => Requests = requests;

    public ContainerResourceRequestsContent Requests { get; set; }

    public ContainerResourceLimits Limits { get; set; }
}

public class ContainerResourceRequestsContent
{
    public ContainerResourceRequestsContent(double memoryInGB, double cpu)
    {
        MemoryInGB = memoryInGB;
        Cpu = cpu;
    }

    public double MemoryInGB { get; set; }

    public double Cpu { get; set; }
}

public class ContainerResourceLimits
{
    public double? MemoryInGB { get; set; }

    public double? Cpu { get; set; }
}

public class ContainerEnvironmentVariable
{
    public ContainerEnvironmentVariable(string name) => Name = name;

    public string Name { get; set; }

    public string Value { get; set; }

    public string SecureValue { get; set; }
}

public class ContainerVolume
{
    public ContainerVolume(string name) => Name = name;

    public string Name { get; set; }

    public BinaryData EmptyDir { get; set; }

    public IDictionary<string, string> Secret { get; } = new Dictionary<string, string>();
}

public class ContainerVolumeMount
{
    public ContainerVolumeMount(string name, string mountPath)
    {
        Name = name;
        MountPath = mountPath;
    }

    public string Name { get; set; }

    public string MountPath { get; set; }

    public bool? IsReadOnly { get; set; }
}

public class ContainerSecurityContextDefinition
{
    public bool? IsPrivileged { get; set; }

    public bool? AllowPrivilegeEscalation { get; set; }

    public ContainerSecurityContextCapabilitiesDefinition Capabilities { get; set; }

    public int? RunAsUser { get; set; }

    public int? RunAsGroup { get; set; }

    public string SeccompProfile { get; set; }
}

public class ContainerSecurityContextCapabilitiesDefinition
{
    public IList<string> Add { get; } = [];

    public IList<string> Drop { get; } = [];
}
