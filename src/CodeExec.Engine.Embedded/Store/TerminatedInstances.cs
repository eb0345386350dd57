using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Store;

/// <summary>What a termination has ended: the instance and what it had started. Empty if there was nothing to end.</summary>
internal sealed record TerminatedInstances(IReadOnlyList<TerminatedInstance> Items);

/// <param name="Before">Its state until then.</param>
internal sealed record TerminatedInstance(InstanceRow Row, InstanceState Before, InstanceStatus Status);
