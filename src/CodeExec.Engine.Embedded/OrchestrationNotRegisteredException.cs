namespace CodeExec.Engine.Embedded;

/// <summary>No code is known under this name. Register it, or take back the release that dropped it.</summary>
public sealed class OrchestrationNotRegisteredException(string orchestration)
    : Exception($"No orchestration '{orchestration}' is registered in this host.")
{
    public string Orchestration { get; } = orchestration;
}
