namespace CodeExec.Protocol;

/// <summary>What a runner says it is, as its first word. A host that finds another in a container's image says so.</summary>
public static class RunnerRelease
{
    public const string Version = "0.1.0";
}
