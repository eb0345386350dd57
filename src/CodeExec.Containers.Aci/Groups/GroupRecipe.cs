using System.Globalization;
using System.Text;
using Azure.Core;
using Azure.ResourceManager.ContainerInstance;
using Azure.ResourceManager.ContainerInstance.Models;
using Azure.ResourceManager.Models;
using CodeExec.Containers.Aci.Arm;
using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Images;
using CodeExec.Core.Executions;
using CodeExec.Linux.Filters;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>
/// How a group is made: one container with the runner as its first process, no address, no volume but perhaps its job, no identity
/// unless the operator accepted that, and nothing of this host's in its environment.
/// </summary>
internal sealed class GroupRecipe(IImageLanguages languages, IOptions<AciOptions> options)
{
    /// <summary>A FIFO of the image: the runner reads its job there, <see cref="GiveJobInside"/> writes it.</summary>
    public const string JobPipeInside = "/opt/codeexec/job";

    public const string GiveJobInside = "/opt/codeexec/give-job";

    /// <summary>The same, which passes on what comes after the job, too.</summary>
    public const string GiveLiveInside = "/opt/codeexec/give-live";

    private const string SecretFolder = "/mnt/job";
    private const string SecretFile = "job.json";
    private const string Volume = "the-job";

    private readonly AciOptions _options = options.Value;

    /// <param name="job">The line for the runner, if the group is made for that one job.</param>
    public ContainerGroupData For(Group group, ReadOnlyMemory<byte>? job)
    {
        ContainerSpec spec = group.Spec;
        int[] user = [.. _options.User.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        ContainerInstanceContainer container = new(ArmGroups.Container, ImageOf(spec), new ContainerResourceRequirements(new ContainerResourceRequestsContent(memoryInGB: _options.MemoryGb, cpu: _options.Cpu)))
        {
            SecurityContext = new ContainerSecurityContextDefinition
            {
                IsPrivileged = false,
                AllowPrivilegeEscalation = MaySend(spec), // a sender becomes another user, out of the programs' reach; the runner forbids it to itself and to them
                RunAsUser = user[0],
                RunAsGroup = user[1],
                Capabilities = new ContainerSecurityContextCapabilitiesDefinition { Drop = { "ALL" } },
                SeccompProfile = Convert.ToBase64String(Encoding.UTF8.GetBytes(SeccompProfile.Json)),
            },
        };
        Add(container.Command, [ImagePaths.Runner, "--cgroup", "mounted", .. job is null ? (string[])["--pipe", JobPipeInside] : ["--job", $"{SecretFolder}/{SecretFile}"], .. Sender(spec), .. Held(spec)]);
        Add(container.EnvironmentVariables, Environment(spec).Select(variable => new ContainerEnvironmentVariable(variable.Key) { Value = variable.Value }));
        ContainerGroupData data = new(new AzureLocation(group.Room.Region.Name), [container], ContainerInstanceOperatingSystemType.Linux)
        {
            RestartPolicy = ContainerGroupRestartPolicy.Never,
            Priority = _options.Spot ? ContainerGroupPriority.Spot : default(ContainerGroupPriority?), // null alone would become a priority without a name
        };
        foreach ((string tag, string value) in GroupTags.Of(group, _options.HostName))
        {
            data.Tags.Add(tag, value);
        }

        AddJob(data, container, job);
        AddNetwork(data, group);
        AddRegistry(data);
        return data;
    }

    private string ImageOf(ContainerSpec spec)
    {
        string image = _options.Images.GetValueOrDefault(spec.Language) ?? spec.Image
            ?? throw new ContainerUnavailableException($"There is no image for {spec.Language}: say in its language file which (\"image\"), or in Aci:Images:{spec.Language}.");
        string first = image.Split('/')[0];
        return _options.Registry is null || first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) ? image : $"{_options.Registry}/{image}";
    }

    private static void AddJob(ContainerGroupData data, ContainerInstanceContainer container, ReadOnlyMemory<byte>? job)
    {
        if (job is { } line)
        {
            data.Volumes.Add(new ContainerVolume(Volume) { Secret = { [SecretFile] = Convert.ToBase64String(line.Span) } });
            container.VolumeMounts.Add(new ContainerVolumeMount(Volume, SecretFolder) { IsReadOnly = true });
        }
    }

    private static void AddNetwork(ContainerGroupData data, Group group)
    {
        AciRegion region = group.Room.Region;
        if ((group.Spec.Network == NetworkAccess.Full ? region.OpenSubnet : region.ClosedSubnet) is { } subnet)
        {
            data.SubnetIds.Add(new ContainerGroupSubnetId(new ResourceIdentifier(subnet)));
        }
    }

    private void AddRegistry(ContainerGroupData data)
    {
        if (_options.RegistryIdentity is { } identity)
        {
            data.Identity = new ManagedServiceIdentity(ManagedServiceIdentityType.UserAssigned) { UserAssignedIdentities = { [new ResourceIdentifier(identity)] = new UserAssignedIdentity() } };
            data.ImageRegistryCredentials.Add(new ContainerGroupImageRegistryCredential(_options.Registry!) { Identity = identity });
        }
        else if (_options.RegistryUser is { } user)
        {
            data.ImageRegistryCredentials.Add(new ContainerGroupImageRegistryCredential(_options.Registry!) { Username = user, Password = _options.RegistryPassword });
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Environment(ContainerSpec spec)
        => spec.Held is null ? [] : HeldInterpreter.ToHeldEnvironment(languages.EnvironmentFor(spec.Language), ImagePaths.Python);

    private static string[] Sender(ContainerSpec spec) => MaySend(spec) ? ["--sender", ImagePaths.Sender] : [];

    // Without a network there is nowhere to send to.
    private static bool MaySend(ContainerSpec spec) => spec.Network == NetworkAccess.Full;

    // However the language would like it held: a fork inside one container would keep nobody apart.
    private static IEnumerable<string> Held(ContainerSpec spec)
        => spec.Held is { } held ? ["--warm", "--", .. held.ToHeldArgv(ImagePaths.NodePreload)] : [];

    private static void Add<T>(IList<T> list, IEnumerable<T> items)
    {
        foreach (T item in items)
        {
            list.Add(item);
        }
    }
}
