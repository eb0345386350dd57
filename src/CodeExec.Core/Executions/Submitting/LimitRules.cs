namespace CodeExec.Core.Executions.Submitting;

internal static class LimitRules
{
    /// <param name="field">"limits" or "compileLimits".</param>
    /// <param name="defaults">The language's; one that is above a ceiling of this host is the ceiling.</param>
    public static ResourceLimits Check(SubmittedLimits? asked, ResourceLimits defaults, string field, SubmissionCeilings ceilings, Mistakes mistakes) => new()
    {
        WallTimeMs = Check(asked?.WallTimeMs, defaults.WallTimeMs, ceilings.WallTimeMs, field + ".wallTimeMs", mistakes),
        CpuTimeMs = Check(asked?.CpuTimeMs, defaults.CpuTimeMs, ceilings.CpuTimeMs, field + ".cpuTimeMs", mistakes),
        MemoryMb = Check(asked?.MemoryMb, defaults.MemoryMb, ceilings.MemoryMb, field + ".memoryMb", mistakes),
        Processes = Check(asked?.Processes, defaults.Processes, ceilings.Processes, field + ".processes", mistakes),
        OutputKb = Check(asked?.OutputKb, defaults.OutputKb, ceilings.OutputKb, field + ".outputKb", mistakes),
        WorkspaceMb = Check(asked?.WorkspaceMb, defaults.WorkspaceMb, ceilings.WorkspaceMb, field + ".workspaceMb", mistakes),
    };

    private static int Check(long? asked, int otherwise, int ceiling, string field, Mistakes mistakes)
    {
        if (asked is null)
        {
            return Math.Min(otherwise, ceiling);
        }

        if (asked < 1 || asked > ceiling)
        {
            mistakes.Add(field, $"Must be from 1 to {ceiling}.");
            return otherwise;
        }

        return (int)asked.Value;
    }
}
