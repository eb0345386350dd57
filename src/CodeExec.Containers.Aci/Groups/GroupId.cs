namespace CodeExec.Containers.Aci.Groups;

/// <summary>One deployment of a group, as any host may ask for it: groups are deployed again and again, and each time for another execution.</summary>
/// <param name="Mark">Another one each time.</param>
internal readonly record struct GroupId(string Name, string Mark)
{
    private const char Between = '.'; // in no group's name

    public static GroupId New() => new GroupId($"codeexec-{Guid.NewGuid():n}", "").Anew();

    public static GroupId? TryParse(string text) => text.Split(Between) is [{ Length: > 0 } name, { Length: > 0 } mark] ? new GroupId(name, mark) : null;

    /// <summary>The name of the group in what may be an id, or that name alone.</summary>
    public static string NameIn(string text) => text.Split(Between)[0];

    public GroupId Anew() => this with { Mark = Guid.NewGuid().ToString("n")[..12] };

    public override string ToString() => $"{Name}{Between}{Mark}";
}
