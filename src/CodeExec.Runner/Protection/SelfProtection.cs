using CodeExec.Linux;
using CodeExec.Linux.Filters;

namespace CodeExec.Runner.Protection;

/// <summary>What keeps the programs this runner starts from killing, tracing, impersonating or escaping it.</summary>
internal static class SelfProtection
{
    /// <returns>What lets this process set the limits of others.</returns>
    public static LimitPass Apply()
    {
        const int FirstAfterStandardStreams = 3;
        CurrentProcess.ForbidTracing();
        CurrentProcess.AdoptOrphans();
        CurrentProcess.CloseOnExecFrom(FirstAfterStandardStreams);
        Signals.IgnoreAll();
        ResourceLimit.Set(0, ResourceLimitKind.CoreBytes, default);
        return RunnerShield.Raise();
    }
}
