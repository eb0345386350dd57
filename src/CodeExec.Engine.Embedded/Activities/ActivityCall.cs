using CodeExec.Engine.Embedded.Instances;

namespace CodeExec.Engine.Embedded.Activities;

/// <summary>One try of one call, as it is handed to the dispatcher.</summary>
internal sealed record ActivityCall(Instance Instance, int Run, int TaskId, int Attempt, string Activity, string Input, TimeSpan? Timeout);
