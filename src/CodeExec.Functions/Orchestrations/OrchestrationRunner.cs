using CodeExec.Core.Orchestration;
using CodeExec.Functions.Activities;
using Microsoft.DurableTask;

namespace CodeExec.Functions.Orchestrations;

/// <summary>What the one-line functions call.</summary>
internal sealed class OrchestrationRunner(OrchestrationRegistry registry, ActivityRunner activities, IServiceProvider services)
{
    public Task<string> OrchestrateAsync<TIn, TOut>(OrchestrationName<TIn, TOut> name, TaskOrchestrationContext durable)
        => registry.TryGetOrchestration(name.Value, out OrchestrationRegistration? orchestration)
            ? DurableOrchestrationContext.RunAsync(durable, orchestration, services)
            : throw new InvalidOperationException($"There is no code for the orchestration '{name.Value}'.");

    public Task<string> DoAsync<TIn, TOut>(ActivityName<TIn, TOut> name, string call, CancellationToken cancellationToken)
        => registry.TryGetActivity(name.Value, out ActivityRegistration? activity)
            ? activities.RunAsync(activity, ActivityEnvelope.Parse(call), cancellationToken)
            : throw new InvalidOperationException($"There is no code for the activity '{name.Value}'.");
}
