using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Contracts.Containers;

/// <summary>What programs show.</summary>
public abstract partial class ContainerProviderContract
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_ProgramShowsSomething_ItIsSentToTheEndOfItsStep(bool warm)
    {
        JobResult result = await RunAsync(Showing(
            "import os\nfolder = os.environ['CODEEXEC_DISPLAY']\nopen(folder + '/a.txt', 'w').write('shown')\nos.symlink('/etc/passwd', folder + '/link')\nprint(os.listdir('.'))", warm));

        FileEvent shown = Assert.Single(result.Events.OfType<FileEvent>());
        Assert.Equal(("a.txt", FilePurpose.Display, "shown"), (shown.Path, shown.Purpose, Encoding.UTF8.GetString(shown.Data)));
        Assert.True(shown.Sequence < Assert.Single(result.Events.OfType<StepEndedEvent>()).Sequence);
        Assert.Equal("link", Assert.Single(result.Events.OfType<FileRefusedEvent>()).Path);
        Assert.Equal("['main.py']", result.Stdout.Trim());
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_ProgramGoesOnAfterItShowed_ItIsSentMeanwhile(bool warm)
    {
        Skip.If(Obstacle is not null, Obstacle);
        await using IContainer container = await Provider.CreateAsync(Spec, CancellationToken.None);
        using CancellationTokenSource stop = new();
        Job job = Showing("import os, time\nopen(os.environ['CODEEXEC_DISPLAY'] + '/a.txt', 'w').write('early')\ntime.sleep(600)", warm);
        string? early = null;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (RunnerEvent received in container.RunAsync(job, new ContainerLimits(272 << 20, 72, 1), stop.Token))
            {
                if (received is FileEvent { Purpose: FilePurpose.Display } file)
                {
                    early = Encoding.UTF8.GetString(file.Data);
                    await stop.CancelAsync();
                }
            }
        });

        Assert.Equal("early", early);
    }

    /// <summary>What a program loads to show things is in every container.</summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_ProgramLoadsTheHelper_ItIsThere(bool warm)
    {
        JobResult result = await RunAsync(Showing("from codeexec import display\ndisplay({'a': 1}, name='facts')", warm));

        Assert.Equal(("facts.json", """{"a": 1}"""), Assert.Single(result.Events.OfType<FileEvent>().Select(file => (file.Path, Encoding.UTF8.GetString(file.Data)))));
    }

    private static Job Showing(string code, bool warm)
        => ContainerHarness.Python(code, ContainerHarness.Limits with { WallMs = 60_000 }, warm: warm) with { Displays = new JobDisplays(JobDisplays.UsualFolder, 10, 1 << 20, 1 << 20) };
}
