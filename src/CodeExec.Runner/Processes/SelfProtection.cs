using CodeExec.Linux;

namespace CodeExec.Runner.Processes;

/// <summary>What keeps the programs this runner starts from killing, tracing, impersonating or escaping it.</summary>
internal static class SelfProtection
{
    public static void Apply()
    {
        const int FirstAfterStandardStreams = 3;
        CurrentProcess.ForbidTracing();
        CurrentProcess.AdoptOrphans();
        CurrentProcess.CloseOnExecFrom(FirstAfterStandardStreams);
        Signals.IgnoreAll();
        ResourceLimit.Set(0, ResourceLimitKind.CoreBytes, default);
    }
}
