using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Tests.Double;

/// <summary>How the double behaves, and misbehaves.</summary>
internal sealed class ArmFaults
{
    public int LogOfRunning { get; set; } = 4 << 20;

    public int LogOfEnded { get; set; } = 16 << 10;

    /// <summary>How many looks at a group it takes until it runs.</summary>
    public int LooksUntilItRuns { get; set; } = 2;

    /// <summary>Why its image can not be pulled.</summary>
    public string? FailedPull { get; set; }

    public bool FailsToProvision { get; set; }

    /// <summary>How many more groups can be made in a region before it is 429; by region, or "*" for any other.</summary>
    public Dictionary<string, int> Creations { get; } = new() { ["*"] = int.MaxValue };

    public int RetryAfterSeconds { get; set; } = 120;

    /// <summary>Error codes for the next creations, in this order, by region.</summary>
    public Queue<(string Region, int Status, string Code)> RefusedCreations { get; } = new();

    /// <summary>Fewer answers of 500 to come.</summary>
    public int ServerErrors { get; set; }

    /// <summary>Happens when a group's runner says this.</summary>
    public Action<DoubleGroup, RunnerEvent>? OnEvent { get; set; }

    public bool ExecHangsUp { get; set; }

    /// <summary>When it is cancelled, terminals that are open break.</summary>
    public CancellationToken TerminalsBreak { get; set; }

    /// <summary>The logs of a group's last deployment are still there when it is started again.</summary>
    public bool KeepsOldLogs { get; set; }

    public bool RefusesAttach { get; set; }

    /// <summary>A file of the certificates that senders in groups trust, if not the machine's.</summary>
    public string? Authorities { get; set; }

    /// <summary>The image was made by infra/images: its sender is a user's of its own.</summary>
    public bool SenderIsApart { get; set; } = true;
}
