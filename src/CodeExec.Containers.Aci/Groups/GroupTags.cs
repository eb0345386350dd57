using System.Globalization;
using CodeExec.Containers.Aci.Arm;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>What a group's tags say of it to every host: whose it is, when it goes, and whether it has been given a job.</summary>
internal static class GroupTags
{
    public const string Host = "codeexec-host";
    public const string Made = "codeexec-made";
    public const string Ends = "codeexec-ends";
    public const string Deployed = "codeexec-deployed";

    /// <summary>See <see cref="GroupId"/>.</summary>
    public const string Mark = "codeexec-mark";

    /// <summary>When the container began that was given the job, by Azure's clock. No such tag: it has none yet.</summary>
    public const string HasJob = "codeexec-began";

    public static IReadOnlyDictionary<string, string> Of(Group group, string host)
    {
        Dictionary<string, string> tags = new()
        {
            [Host] = host,
            [Made] = ToTag(group.MadeAt),
            [Ends] = ToTag(group.EndsAt),
            [Deployed] = ToTag(group.DeployedAt),
            [Mark] = group.Id.Mark,
        };
        if (group.JobBeganAt is { } began)
        {
            tags[HasJob] = ToTag(began);
        }

        return tags;
    }

    /// <summary>As other hosts would name the group's present deployment.</summary>
    public static string IdOf(GroupState group) => group.Tags.TryGetValue(Mark, out string? mark) ? new GroupId(group.Name, mark).ToString() : group.Name;

    public static bool IsMarked(GroupState group, GroupId id) => group.Tags.TryGetValue(Mark, out string? mark) && mark == id.Mark;

    /// <summary>Null where there is none that can be read.</summary>
    public static DateTimeOffset? TimeIn(GroupState group, string tag)
        => group.Tags.TryGetValue(tag, out string? text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset time) ? time : null;

    private static string ToTag(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
