using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Runs;

/// <summary>How a run of an orchestration ended.</summary>
internal abstract record RunOutcome
{
    private RunOutcome()
    {
    }

    public sealed record Completed(string Output) : RunOutcome;

    public sealed record Failed(FailureDetails Failure) : RunOutcome;

    public sealed record ContinuedAsNew(string Input) : RunOutcome;
}
