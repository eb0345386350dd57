using System.Globalization;

namespace CodeExec.Core.Executions.Submitting;

internal static class LimitRules
{
    /// <summary>Less, and no program starts.</summary>
    private const int LeastStackKb = 64, LeastOpenFiles = 16;

    /// <summary>Less, and what ends programs at their limits would have to wait for the processor.</summary>
    private const double LeastCpus = 0.1;

    /// <summary>Stands in where only what is set is checked, and where a language and its defaults are unknown.</summary>
    public static ResourceLimits AnyDefaults { get; }
        = new() { WallTimeMs = 1, CpuTimeMs = 1, MemoryMb = 1, Processes = 1, OutputKb = 1, WorkspaceMb = 1 };

    /// <param name="field">"limits" or "compileLimits".</param>
    /// <param name="defaults">The language's; one that is above a ceiling of this host is the ceiling.</param>
    public static ResourceLimits Check(SubmittedLimits? asked, ResourceLimits defaults, string field, SubmissionCeilings ceilings, Mistakes mistakes)
    {
        int memory = Check(asked?.MemoryMb, defaults.MemoryMb, 1, ceilings.MemoryMb, field + ".memoryMb", mistakes);
        int workspace = Check(asked?.WorkspaceMb, defaults.WorkspaceMb, 1, ceilings.WorkspaceMb, field + ".workspaceMb", mistakes);
        return new()
        {
            WallTimeMs = Check(asked?.WallTimeMs, defaults.WallTimeMs, 1, ceilings.WallTimeMs, field + ".wallTimeMs", mistakes),
            CpuTimeMs = Check(asked?.CpuTimeMs, defaults.CpuTimeMs, 1, ceilings.CpuTimeMs, field + ".cpuTimeMs", mistakes),
            MemoryMb = memory,
            Processes = Check(asked?.Processes, defaults.Processes, 1, ceilings.Processes, field + ".processes", mistakes),
            OutputKb = Check(asked?.OutputKb, defaults.OutputKb, 1, ceilings.OutputKb, field + ".outputKb", mistakes),
            WorkspaceMb = workspace,
            StackKb = CheckOptional(asked?.StackKb, defaults.StackKb, memory * 1024L, LeastStackKb, ceilings.StackKb ?? ceilings.MemoryMb * 1024, field + ".stackKb", mistakes),
            FileSizeKb = CheckOptional(asked?.FileSizeKb, defaults.FileSizeKb, workspace * 1024L, 1, ceilings.FileSizeKb ?? ceilings.WorkspaceMb * 1024, field + ".fileSizeKb", mistakes),
            OpenFiles = CheckOptional(asked?.OpenFiles, defaults.OpenFiles, ResourceLimits.UsualOpenFiles, LeastOpenFiles, ceilings.OpenFiles, field + ".openFiles", mistakes),
            Cpus = CheckCpus(asked?.Cpus, defaults.Cpus, ceilings.Cpus, field + ".cpus", mistakes),
            GraceMs = Check(asked?.GraceMs, defaults.GraceMs, 0, ceilings.GraceMs, field + ".graceMs", mistakes),
        };
    }

    /// <summary>How often a program is run: as often as all its runs have the time of the longest that there may be.</summary>
    public static int CheckRuns(long? asked, ResourceLimits limits, SubmissionCeilings ceilings, Mistakes mistakes)
    {
        int runs = Check(asked, 1, 1, ceilings.Runs, "runs", mistakes);
        if (runs > 1 && (long)runs * limits.WallTimeMs > ceilings.WallTimeMs)
        {
            mistakes.Add("runs", $"{runs} runs of {limits.WallTimeMs} ms may take longer than the {ceilings.WallTimeMs} ms that there are for all: ask for fewer, or for a lower limits.wallTimeMs.");
        }

        return runs;
    }

    private static int Check(long? asked, int otherwise, int least, int ceiling, string field, Mistakes mistakes)
    {
        if (asked is null)
        {
            return Math.Min(otherwise, ceiling);
        }

        if (asked < least || asked > ceiling)
        {
            mistakes.Add(field, $"Must be from {least} to {ceiling}.");
            return otherwise;
        }

        return (int)asked.Value;
    }

    /// <param name="unset">What null comes to.</param>
    private static int? CheckOptional(long? asked, int? otherwise, long unset, int least, int ceiling, string field, Mistakes mistakes)
        => asked is null
            ? (otherwise ?? unset) > ceiling ? ceiling : otherwise
            : Check(asked, otherwise ?? 0, least, ceiling, field, mistakes);

    private static double? CheckCpus(double? asked, double? otherwise, double ceiling, string field, Mistakes mistakes)
    {
        if (asked is null)
        {
            return (otherwise ?? Environment.ProcessorCount) > ceiling ? ceiling : otherwise;
        }

        if (asked is not (>= LeastCpus) || asked > ceiling)
        {
            mistakes.Add(field, string.Create(CultureInfo.InvariantCulture, $"Must be from {LeastCpus} to {ceiling}."));
            return otherwise;
        }

        return asked;
    }
}
