namespace CodeExec.Containers.Aci.Arm;

/// <summary>A group as Azure sees it now. Its states are words that Azure may add to: they are compared as such.</summary>
/// <param name="Why">The last warning of its events: why an image was not pulled, for instance.</param>
internal sealed record GroupState(string Name, string Region, IReadOnlyDictionary<string, string> Tags, string? Provisioning, string? State, string? Container, int? ExitCode, string? Detail, int Restarts, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Why)
{
    public bool IsRunning => Is(Container, "Running");

    public bool HasEnded => Is(Container, "Terminated") || Is(State, "Stopped") || Is(State, "Succeeded") || Is(State, "Failed");

    /// <summary>It never will run. A group whose provisioning failed is there all the same, and costs money: it must be removed.</summary>
    public bool HasFailed => Is(Provisioning, "Failed") || Is(Provisioning, "Unhealthy") || (!IsRunning && !HasEnded && Why?.Contains("pull image", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>The kernel's word, never an exit code alone.</summary>
    public bool OutOfMemory => HasEnded && Is(Detail, "OOMKilled");

    private static bool Is(string? word, string expected) => string.Equals(word, expected, StringComparison.OrdinalIgnoreCase);
}
