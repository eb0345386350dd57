using CodeExec.Core.Executions;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Live;

/// <summary>The steps of an execution (compile, run) as nodes that begin and end, for clients that know workflows.</summary>
internal sealed class StepNodes(ExecutionId id)
{
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);

    /// <summary>Null unless this is the first that is heard of a step.</summary>
    public NodeEvent? Begun(LogEntry entry)
        => entry.Step is { } step && _begun.Add(step) ? new(id, entry.Sequence - 1, entry.Timestamp, step, "running", EventMetadata.None) : null;

    /// <summary>With the result of an execution: how its steps ended.</summary>
    public IEnumerable<NodeEvent> Ended(LiveEvent live)
    {
        if (live is not ResultEvent { Result: { } result })
        {
            yield break;
        }

        if (result.Compile is { } compile)
        {
            yield return End(live, "compile", compile.ExitCode == 0);
        }

        if (result.Tests is not null)
        {
            yield return End(live, "tests", result.Success);
        }

        if (result.Run is not null)
        {
            yield return End(live, "run", result.Success);
        }
    }

    // One before the result's own sequence: a viewer who has seen this has not yet seen the result.
    private NodeEvent End(LiveEvent live, string step, bool success)
        => new(id, live.Sequence - 1, live.Timestamp, step, success ? "completed" : "failed", EventMetadata.None);
}
