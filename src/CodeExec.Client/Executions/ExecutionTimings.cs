namespace CodeExec.Client;

public sealed record ExecutionTimings(double? QueuedMs = null, double? PreparingMs = null, double? RunningMs = null);
