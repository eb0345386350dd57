namespace CodeExec.Server.Tests.Faults;

/// <summary>The real clock, but later.</summary>
internal sealed class LaterClock : TimeProvider
{
    public TimeSpan Later { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Later;
}
