using CodeExec.Core.Executions;
using CodeExec.Core.Languages.Detection;

namespace CodeExec.Api.Languages;

/// <param name="Version">What is taken when a submission names none; null where the language is not installed.</param>
/// <param name="InstallCommand">Set where the language is known but not installed.</param>
internal sealed record LanguageView(
    string Id,
    string Name,
    IReadOnlyList<string> Aliases,
    string? Version,
    IReadOnlyList<string> Versions,
    string? ToolchainVersion,
    string FileName,
    IReadOnlyList<string> Extensions,
    string? CompileCommand,
    string RunCommand,
    LimitsView Limits,
    LimitsView? CompileLimits,
    bool Available,
    string? InstallCommand)
{
    public static LanguageView Of(DetectedLanguage detected)
    {
        IReadOnlyList<string> versions = [.. detected.Versions.Select(version => version.Id)];
        return new(
            detected.Language.Id,
            detected.Language.Name,
            detected.Language.Aliases,
            versions.Count > 0 ? versions[0] : null,
            versions,
            detected.ToolchainVersion,
            detected.Language.Entry.FileName,
            detected.Language.Extensions,
            detected.Language.Compile?.Command.ToString(),
            detected.Language.Run.Command.ToString(),
            LimitsView.Of(detected.Language.Limits),
            detected.Language.Compile is null ? null : LimitsView.Of(detected.Language.CompileLimits),
            detected.IsInstalled,
            detected.IsInstalled ? null : detected.InstallHint);
    }
}

/// <param name="Cpus">Null: all that there are.</param>
internal sealed record LimitsView(
    int WallTimeMs, int CpuTimeMs, int MemoryMb, int Processes, int OutputKb, int WorkspaceMb, int StackKb, int FileSizeKb, int OpenFiles, double? Cpus, int GraceMs)
{
    public static LimitsView Of(ResourceLimits limits) => new(
        limits.WallTimeMs,
        limits.CpuTimeMs,
        limits.MemoryMb,
        limits.Processes,
        limits.OutputKb,
        limits.WorkspaceMb,
        limits.StackKb ?? limits.MemoryMb * 1024,
        limits.FileSizeKb ?? limits.WorkspaceMb * 1024,
        limits.OpenFiles ?? ResourceLimits.UsualOpenFiles,
        limits.Cpus,
        limits.GraceMs);
}
