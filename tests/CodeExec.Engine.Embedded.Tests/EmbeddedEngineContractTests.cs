using CodeExec.Contracts.Orchestration;

namespace CodeExec.Engine.Embedded.Tests;

/// <summary>The embedded engine does what every engine must.</summary>
public sealed class EmbeddedEngineContractTests : OrchestrationEngineContract
{
    protected override IEngineHarness CreateHarness() => new EmbeddedHarness();
}
