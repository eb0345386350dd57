namespace CodeExec.Api.Problems;

/// <summary>A kind of refusal. <see cref="Uri"/> is a contract with clients: names are never changed or reused.</summary>
public sealed record ProblemType(string Name, int Status, string Title)
{
    public string Uri { get; } = "urn:codeexec:problem:" + Name;
}
