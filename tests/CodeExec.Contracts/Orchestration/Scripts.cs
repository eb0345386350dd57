using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

/// <summary>Orchestrations and activities written as lambdas, where a test shows them.</summary>
public static class Scripts
{
    public static OrchestrationRegistry Orchestration<TIn, TOut>(
        this OrchestrationRegistry registry, OrchestrationName<TIn, TOut> name, Func<OrchestrationContext, TIn, Task<TOut>> run, OrchestrationLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry.Add(name, _ => new ScriptedOrchestration<TIn, TOut>(run), limits);
    }

    public static OrchestrationRegistry Activity<TIn, TOut>(
        this OrchestrationRegistry registry, ActivityName<TIn, TOut> name, Func<ActivityContext, TIn, CancellationToken, Task<TOut>> run, int maxConcurrent = 64)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry.Add(name, _ => new ScriptedActivity<TIn, TOut>(run), maxConcurrent);
    }

    private sealed class ScriptedOrchestration<TIn, TOut>(Func<OrchestrationContext, TIn, Task<TOut>> run) : IOrchestration<TIn, TOut>
    {
        public Task<TOut> RunAsync(OrchestrationContext context, TIn input) => run(context, input);
    }

    private sealed class ScriptedActivity<TIn, TOut>(Func<ActivityContext, TIn, CancellationToken, Task<TOut>> run) : IActivity<TIn, TOut>
    {
        public Task<TOut> RunAsync(ActivityContext context, TIn input, CancellationToken cancellationToken) => run(context, input, cancellationToken);
    }
}
