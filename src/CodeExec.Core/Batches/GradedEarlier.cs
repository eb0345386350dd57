using CodeExec.Core.Executions;

namespace CodeExec.Core.Batches;

/// <summary>What is known of a program before it is graded.</summary>
public abstract record GradedEarlier
{
    private GradedEarlier()
    {
    }

    /// <summary>It has to be graded.</summary>
    public sealed record Nowhere : GradedEarlier;

    public sealed record Graded(BatchPlace Place, ExecutionRecord Record) : GradedEarlier;

    /// <summary>Another submission with the same program is being graded by the same tests.</summary>
    public sealed record AtWork : GradedEarlier;
}
