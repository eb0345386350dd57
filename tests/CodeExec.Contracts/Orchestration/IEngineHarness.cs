using CodeExec.Contracts.Time;
using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

/// <summary>How the contract gets an engine: on a store of its own, with a clock that the test moves.</summary>
public interface IEngineHarness : IAsyncDisposable
{
    IOrchestrationEngine Engine { get; }

    ManualTimeProvider Clock { get; }

    Task StartAsync(OrchestrationRegistry registry);

    /// <summary>Lets the engine go without any grace, and opens another one on the same store: what a crash and a new start are.</summary>
    /// <param name="registry">Other code than before, if given.</param>
    Task RestartAsync(OrchestrationRegistry? registry = null);

    /// <summary>Stops the engine as a host that is shut down does, and opens another one on the same store.</summary>
    Task StopAndStartAsync();
}
