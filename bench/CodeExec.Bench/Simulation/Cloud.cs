namespace CodeExec.Bench.Simulation;

/// <summary>
/// Container groups as Azure limits, delays and bills them. Limits and prices are published (docs/scale.md says where and when they were read); the times and
/// failures are assumptions, which is why settings are compared over several of them.
/// </summary>
internal sealed record Cloud
{
    public int Regions { get; init; } = 1;

    /// <summary>Creations in any five minutes in a region; deletions have the same bound.</summary>
    public int CreationsPerFiveMinutes { get; init; } = 100;

    public int CreationsPerHour { get; init; } = 300;

    public int GroupsAtOnce { get; init; } = 100;

    public double Cores { get; init; } = 100;

    /// <summary>What of its limits we use: others share the subscription.</summary>
    public double Share { get; init; } = 0.9;

    /// <summary>From asking for a group until its runner answers.</summary>
    public Spread Start { get; init; } = new(35, 80);

    /// <summary>The same for a group that has ended and is deployed anew.</summary>
    public Spread Restart { get; init; } = new(25, 60);

    /// <summary>From the end of a program until its group may be deployed anew.</summary>
    public Spread End { get; init; } = new(3, 8);

    /// <summary>Between the end of a shard and the beginning of the next in its place: Durable's queues are polled, its submissions read.</summary>
    public Spread HandOut { get; init; } = new(2, 6);

    /// <summary>One submission with its compilation and tests.</summary>
    public Spread Execution { get; init; } = new(3, 10);

    public double FailsToStart { get; init; } = 0.01;

    public double IsLost { get; init; } = 0.003;

    /// <summary>How long a group is used at most before it goes: half of what it may live.</summary>
    public double LongestUse { get; init; } = 1800;

    /// <summary>How long a group waits for the next submission. It costs nothing meanwhile.</summary>
    public double RestFor { get; init; } = 600;

    public double GroupCores { get; init; } = 1;

    public double GroupGb { get; init; } = 1.5;

    public double VcpuSecond { get; init; } = 0.0000135;

    public double GbSecond { get; init; } = 0.0000015;

    /// <summary>Of one group, billed from when it is asked for.</summary>
    public double PerSecond => (GroupCores * VcpuSecond) + (GroupGb * GbSecond);

    /// <summary>The most groups a region has for us.</summary>
    public int Places => (int)(Math.Min(GroupsAtOnce, Cores / GroupCores) * Share);
}
