using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Docker;

public sealed class DockerOptions
{
    public const string Section = "Docker";

    /// <summary>Where the engine listens: <c>unix:///path</c> or <c>tcp://host:port</c>; $DOCKER_HOST, else unix:///var/run/docker.sock, unless set.</summary>
    public string? Address { get; set; }

    /// <summary>Images in place of those that the language files name, by language: <c>Docker:Images:python=acme/python:1</c>.</summary>
    public Dictionary<string, string> Images { get; init; } = [];

    /// <summary>Whether images that are not there are pulled. Off unless set: nobody else's image should run because it has the right name.</summary>
    public bool PullMissing { get; set; }

    /// <summary>User and group that programs run as: numbers, never 0; 1000:1000 unless set.</summary>
    [RegularExpression("^[1-9][0-9]{0,8}:[1-9][0-9]{0,8}$", ErrorMessage = "Docker:User must be two numbers above 0, like 1000:1000.")]
    public string User { get; set; } = "1000:1000";

    /// <summary>The Docker network of executions that ask for one. Without it they are refused: what such a network can reach is for its maker to fence.</summary>
    public string? Network { get; set; }

    /// <summary>A runtime that the engine knows, like crun; the engine's own choice unless set.</summary>
    public string? Runtime { get; set; }

    /// <summary>The cgroup that containers are put below; the engine's own choice unless set.</summary>
    public string? CgroupParent { get; set; }

    /// <summary>How long a container may take until its runner answers: 1 second to 5 minutes, 30 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the engine may take to answer one question: 1 second to 10 minutes, 1 minute unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long executions wait for an engine that is away, each time they are tried: 0 to 1 hour, 1 minute unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan OutagePatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The runner that was built with this host, to know whether an image holds the same. Looked for beside the host and in the repository's artifacts unless set.</summary>
    public string? RunnerPath { get; set; }

    /// <summary>Tells this host's containers from another's on the same engine. Made from the data folder by the composition root.</summary>
    public string HostName { get; set; } = "host";
}

[OptionsValidator]
internal sealed partial class DockerOptionsValidator : IValidateOptions<DockerOptions>;
