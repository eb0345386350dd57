namespace CodeExec.Functions.Tests.Orchestrations;

/// <summary>What an orchestration asked Durable for.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    public sealed record Activity(string Name, string Input, TaskCompletionSource<string> Result) : Decision;

    public sealed record SubOrchestration(string Name, string Input, string? InstanceId, TaskCompletionSource<string> Result) : Decision;

    public sealed record Timer(DateTimeOffset FireAt, TaskCompletionSource Fired) : Decision;

    public sealed record NextRun(string Input) : Decision;

    public sealed record EventToItself(string Name, string Payload) : Decision;
}
