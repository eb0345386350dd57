using CodeExec.Core.Executions.Results;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Specifications.Running;

/// <summary>The names that stand in histories.</summary>
public static class ValidationActivities
{
    public static readonly OrchestrationName<string, ValidationStatus> Orchestration = new("validation");

    public static readonly ActivityName<string, bool> Run = new("validation.run");

    public static readonly ActivityName<string, bool> Stop = new("validation.stop");

    public static readonly ActivityName<ValidationEnd, ValidationStatus> Finish = new("validation.finish");

    public const string StopEvent = "stop";

    public static string InstanceId(string run) => "validation-" + run;
}

/// <param name="Error">Set when the tests could not be run.</param>
public sealed record ValidationEnd(string Id, ExecutionError? Error);
