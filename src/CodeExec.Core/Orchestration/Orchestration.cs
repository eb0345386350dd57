namespace CodeExec.Core.Orchestration;

/// <summary>Name and types of an orchestration. The name stands in stored histories: renaming one breaks them.</summary>
public sealed record OrchestrationName<TIn, TOut>(string Value);

/// <summary>Name and types of an activity. The name stands in stored histories: renaming one breaks them.</summary>
public sealed record ActivityName<TIn, TOut>(string Value);

/// <summary>Decides. Plain C# against the context; every await is on a task of the context (or on their combination).</summary>
public interface IOrchestration<TIn, TOut>
{
    Task<TOut> RunAsync(OrchestrationContext context, TIn input);
}

/// <summary>Does. Runs at least once for each call; its result is recorded exactly once.</summary>
public interface IActivity<TIn, TOut>
{
    Task<TOut> RunAsync(ActivityContext context, TIn input, CancellationToken cancellationToken);
}

/// <summary>The key of an activity's effects: repeating the same key must find the earlier effect.</summary>
/// <param name="TaskId">Which call of the instance this is.</param>
/// <param name="Attempt">1, and one more for each retry and for each restart of the host in the middle of a try.</param>
public sealed record ActivityContext(string InstanceId, int TaskId, int Attempt);
