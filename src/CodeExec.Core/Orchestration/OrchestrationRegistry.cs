using System.Diagnostics.CodeAnalysis;

namespace CodeExec.Core.Orchestration;

/// <summary>The orchestrations and activities of a host, by name. Both engines read it.</summary>
public sealed class OrchestrationRegistry
{
    private readonly Dictionary<string, OrchestrationRegistration> _orchestrations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityRegistration> _activities = new(StringComparer.Ordinal);

    public IReadOnlyCollection<OrchestrationRegistration> Orchestrations => _orchestrations.Values;

    public IReadOnlyCollection<ActivityRegistration> Activities => _activities.Values;

    public OrchestrationRegistry Add<TIn, TOut>(OrchestrationName<TIn, TOut> name, Func<IServiceProvider, IOrchestration<TIn, TOut>> create, OrchestrationLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        _orchestrations.Add(name.Value, new OrchestrationRegistration<TIn, TOut>(name.Value, create, limits ?? new()));
        return this;
    }

    /// <param name="maxConcurrent">How many calls of this activity may run at once in this process.</param>
    public OrchestrationRegistry Add<TIn, TOut>(ActivityName<TIn, TOut> name, Func<IServiceProvider, IActivity<TIn, TOut>> create, int maxConcurrent = 64)
    {
        ArgumentNullException.ThrowIfNull(name);
        _activities.Add(name.Value, new ActivityRegistration<TIn, TOut>(name.Value, create, maxConcurrent));
        return this;
    }

    public bool TryGetOrchestration(string name, [NotNullWhen(true)] out OrchestrationRegistration? found) => _orchestrations.TryGetValue(name, out found);

    public bool TryGetActivity(string name, [NotNullWhen(true)] out ActivityRegistration? found) => _activities.TryGetValue(name, out found);
}

/// <param name="MaxActive">
/// How many instances may be in memory at work at once; the others wait in the store and cost no memory. An orchestration that
/// starts others of its own name needs room for both, or it waits for itself.
/// </param>
/// <param name="MaxPending">How many may wait before a start is refused with <see cref="EngineBusyException"/>.</param>
public sealed record OrchestrationLimits(int MaxActive = int.MaxValue, int MaxPending = int.MaxValue);
