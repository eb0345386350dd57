using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

public sealed class AciOptions : IValidatableObject
{
    public const string Section = "Aci";

    /// <summary>The subscription, a GUID.</summary>
    [Required(ErrorMessage = "Aci:SubscriptionId is missing: the subscription that container groups are made in.")]
    public string SubscriptionId { get; set; } = "";

    /// <summary>The resource group that holds the container groups, and best nothing else.</summary>
    [Required(ErrorMessage = "Aci:ResourceGroup is missing: the resource group that container groups are made in.")]
    public string ResourceGroup { get; set; } = "";

    /// <summary>Where groups are made, in this order: the next one is taken where one has no room.</summary>
    [ValidateEnumeratedItems]
    public IList<AciRegion> Regions { get; init; } = [];

    /// <summary>The registry of the images that language files name: <c>acme.azurecr.io</c>. Images whose name has a registry keep it.</summary>
    public string? Registry { get; set; }

    /// <summary>Who pulls from it: the name of a token of the registry that may read and nothing else. Nothing of it can be seen in a group.</summary>
    public string? RegistryUser { get; set; }

    public string? RegistryPassword { get; set; }

    /// <summary>The resource id of a user-assigned identity that pulls instead. Programs in the group can ask for its tokens: see <see cref="AllowReachableIdentity"/>.</summary>
    public string? RegistryIdentity { get; set; }

    /// <summary>Images in place of those that the language files name, by language: <c>Aci:Images:python=acme.azurecr.io/python:1</c>.</summary>
    public Dictionary<string, string> Images { get; init; } = [];

    /// <summary>Processors of a group: 0.1 to 31, 1 unless set.</summary>
    [Range(0.1, 31)]
    public double Cpu { get; set; } = 1;

    /// <summary>Memory of a group, in GB: 0.5 to 240, 2.1 unless set. What executions may ask for at most (Submissions:MemoryMb) must fit, with 16 MB for the runner.</summary>
    [Range(0.5, 240)]
    public double MemoryGb { get; set; } = 2.1;

    /// <summary>Spare capacity at a lower price that Azure may take back at any time. Not in a network of yours, so only with <see cref="AllowOpenNetwork"/>.</summary>
    public bool Spot { get; set; }

    /// <summary>How jobs get into groups: by exec into one that waits (the default), or as a secret volume of one that is made for the job.</summary>
    public JobDelivery Delivery { get; set; } = JobDelivery.Exec;

    /// <summary>How many executions one group takes, one after another, each in a new deployment of it: 1 to 1,000, 60 unless set. Never two at once.</summary>
    [Range(1, 1000)]
    public int ExecutionsPerGroup { get; set; } = 60;

    /// <summary>How long a group may take until its runner answers: 1 second to 30 minutes, 5 minutes unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a group that is awaited is looked at: 10 ms to 1 minute, 1 second unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an execution holds its turn while it waits for room in the quotas; a longer wait is a timer of its orchestration. 0 to 5 minutes, 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan QuotaPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many groups are made in 5 minutes in a region, by all hosts that share records: 1 to 10,000; 90 of Azure's 100 unless set. Divide it where several deployments share a subscription.</summary>
    [Range(1, 10_000)]
    public int CreationsPerFiveMinutes { get; set; } = 90;

    /// <summary>How many in an hour: 1 to 100,000; 270 of Azure's 300 unless set.</summary>
    [Range(1, 100_000)]
    public int CreationsPerHour { get; set; } = 270;

    /// <summary>How many groups there are at once in a region, those of other hosts in the resource group as they were listed last (<see cref="SweepEvery"/>): 1 to 10,000; 90 of Azure's 100 unless set.</summary>
    [Range(1, 10_000)]
    public int MaxGroups { get; set; } = 90;

    /// <summary>How long a group whose execution has ended is kept for the next one. It costs nothing meanwhile. 0 to 1 hour, 10 minutes unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RestFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>When a group goes at the latest, whoever made it and whatever it does: 5 minutes to 1 day, 1 hour unless set. No execution can run longer.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan LongestLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often groups are looked for that outlived that, of any host: 1 second to 1 hour, 1 minute unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);

    [ValidateObjectMembers]
    public AciPrices Prices { get; init; } = new();

    /// <summary>User and group that programs run as: numbers, never 0; 1000:1000 unless set.</summary>
    [RegularExpression("^[1-9][0-9]{0,8}:[1-9][0-9]{0,8}$", ErrorMessage = "Aci:User must be two numbers above 0, like 1000:1000.")]
    public string User { get; set; } = "1000:1000";

    /// <summary>Lets executions without a network run in groups that nobody's subnet encloses: they can then reach the internet. Every result says so.</summary>
    public bool AllowOpenNetwork { get; set; }

    /// <summary>Lets groups have <see cref="RegistryIdentity"/> although user code in them can get its tokens. Every result says so. Give that identity no right but to pull.</summary>
    public bool AllowReachableIdentity { get; set; }

    /// <summary>The client id of the identity that this host makes groups with; the system-assigned one, or a developer's own, unless set.</summary>
    public string? IdentityClientId { get; set; }

    /// <summary>Azure Resource Manager's address, for sovereign clouds; https://management.azure.com unless set.</summary>
    [Required]
    public Uri Endpoint { get; set; } = new("https://management.azure.com");

    /// <summary>Tells this host's groups from another's in the same resource group. Made by the composition root.</summary>
    public string HostName { get; set; } = "host";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AciRules.Check(this);
}

public enum JobDelivery
{
    /// <summary>Into a group that has started and waits.</summary>
    Exec,

    /// <summary>As a file of a group that is made for this one job.</summary>
    Secret,
}

[OptionsValidator]
internal sealed partial class AciOptionsValidator : IValidateOptions<AciOptions>;
