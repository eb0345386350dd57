using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Protocol;

namespace CodeExec.Containers.Docker;

/// <summary>Finds out which languages the images bring, by asking each one's toolchain in a container of its image.</summary>
public sealed class ImageLanguages(IContainerProvider docker)
{
    private const int AtOnce = 4;

    private static readonly JobLimits Limits = new()
    {
        WallMs = 10_000, CpuMs = 10_000, MemoryBytes = 256L << 20, Processes = 64, OutputBytes = 64 << 10, WorkspaceBytes = 16L << 20,
    };

    public async Task<InstalledLanguages> DetectAsync(LanguageCatalog catalog, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        using SemaphoreSlim turns = new(AtOnce);
        return new InstalledLanguages(await Task.WhenAll(catalog.All.Select(async language =>
        {
            await turns.WaitAsync(cancellationToken);
            try
            {
                return await DetectAsync(language, cancellationToken);
            }
            finally
            {
                turns.Release();
            }
        })));
    }

    private async Task<DetectedLanguage> DetectAsync(Language language, CancellationToken cancellationToken)
    {
        try
        {
            ContainerSpec spec = new(language.Id, language.Image, Held: null, WorkspaceMb: 16, NetworkAccess.None);
            await using IContainer container = await docker.CreateAsync(spec, cancellationToken);
            string? output = await AskAsync(container, language.Detection.Command, cancellationToken);
            string? version = output is null ? null : language.Detection.ReadVersion(output);
            return new DetectedLanguage(language, version, version is null ? $"the image has no {language.Detection.Command[0]} that works: infra/images/README.md" : null);
        }
        catch (Exception e) when (e is ContainerUnavailableException or ContainerLostException)
        {
            return new DetectedLanguage(language, null, e.Message);
        }
    }

    private static async Task<string?> AskAsync(IContainer container, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        JobStep step = new() { Name = "detect", Command = command, Environment = ProgramEnvironment.Base, Limits = Limits };
        StringBuilder output = new();
        bool succeeded = false;
        ContainerLimits limits = new(Limits.MemoryBytes + (16L << 20), Limits.Processes + 8, Environment.ProcessorCount);
        await foreach (RunnerEvent received in container.RunAsync(new Job { Id = "detect", Steps = [step] }, limits, cancellationToken))
        {
            switch (received)
            {
                case OutputEvent printed:
                    output.Append(Encoding.UTF8.GetString(printed.Data));
                    break;
                case StepEndedEvent ended:
                    succeeded = ended.Succeeded;
                    break;
                default:
                    break; // the rest is no matter for a question
            }
        }

        return succeeded ? output.ToString() : null;
    }
}
