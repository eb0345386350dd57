using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Languages;
using CodeExec.Protocol;

namespace CodeExec.Containers.Cells.Preparation;

/// <summary>The job that makes what a toolchain can make ahead.</summary>
internal static class PreparationJob
{
    private const int WorkspaceMb = 768;

    private static readonly JobLimits OfStep = new()
    {
        WallMs = 300_000,
        CpuMs = 120_000,
        MemoryBytes = 1536L << 20,
        Processes = 128,
        OutputBytes = 64 << 10,
        WorkspaceBytes = (long)WorkspaceMb << 20,
    };

    public static ContainerLimits Limits { get; } = new(2048L << 20, 256, Environment.ProcessorCount, CpuWeight: 10);

    public static ContainerSpec Container(string language) => new(language, null, null, WorkspaceMb, NetworkAccess.None);

    public static Job For(PreparedToolchain toolchain)
    {
        IReadOnlyList<IReadOnlyList<string>> commands = toolchain.Preparation.Commands;
        return new Job
        {
            Id = "prepare-" + toolchain.Language,
            Files = [.. toolchain.Preparation.Files.Select(file => new JobFile(file.Path, file.Content))],
            Steps =
            [
                .. commands.Select((command, index) => new JobStep
                {
                    Name = $"prepare {index + 1}",
                    Command = ["nice", "-n", "19", .. command], // programs that people wait for go first
                    Environment = ProgramEnvironment.Base,
                    Limits = OfStep,
                    Keep = index == commands.Count - 1 ? [ToolchainPreparation.Made + "/**"] : [],
                }),
            ],
        };
    }
}
