using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Runs;

/// <summary>What a run begins with.</summary>
/// <param name="Number">0, and one more for each continue-as-new.</param>
/// <param name="FirstTask">Task ids go on counting over continue-as-new, so that no two effects of an instance share a key.</param>
internal sealed record RunStart(OrchestrationRegistration Orchestration, string InstanceId, int Number, int FirstTask, string Input);
