using System.Text.Json;

namespace CodeExec.Core.Orchestration;

/// <summary>An orchestration with its types hidden: JSON in, JSON out.</summary>
public abstract record OrchestrationRegistration(string Name, OrchestrationLimits Limits)
{
    /// <summary>Runs the orchestration to its end, or until the context no longer answers.</summary>
    public abstract Task<string> RunAsync(IServiceProvider services, OrchestrationContext context, string inputJson);
}

internal sealed record OrchestrationRegistration<TIn, TOut>(string Name, Func<IServiceProvider, IOrchestration<TIn, TOut>> Create, OrchestrationLimits Limits)
    : OrchestrationRegistration(Name, Limits)
{
    public override async Task<string> RunAsync(IServiceProvider services, OrchestrationContext context, string inputJson)
    {
        TIn input = JsonSerializer.Deserialize<TIn>(inputJson, OrchestrationJson.Options)!;
        TOut output = await Create(services).RunAsync(context, input);
        return JsonSerializer.Serialize(output, OrchestrationJson.Options);
    }
}

/// <summary>An activity with its types hidden: JSON in, JSON out.</summary>
public abstract record ActivityRegistration(string Name, int MaxConcurrent)
{
    public abstract Task<string> RunAsync(IServiceProvider services, ActivityContext context, string inputJson, CancellationToken cancellationToken);
}

internal sealed record ActivityRegistration<TIn, TOut>(string Name, Func<IServiceProvider, IActivity<TIn, TOut>> Create, int MaxConcurrent)
    : ActivityRegistration(Name, MaxConcurrent)
{
    public override async Task<string> RunAsync(IServiceProvider services, ActivityContext context, string inputJson, CancellationToken cancellationToken)
    {
        TIn input = JsonSerializer.Deserialize<TIn>(inputJson, OrchestrationJson.Options)!;
        TOut output = await Create(services).RunAsync(context, input, cancellationToken);
        return JsonSerializer.Serialize(output, OrchestrationJson.Options);
    }
}
