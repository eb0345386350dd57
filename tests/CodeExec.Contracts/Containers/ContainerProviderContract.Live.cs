using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Contracts.Containers;

/// <summary>Programs that are spoken to while they run.</summary>
public abstract partial class ContainerProviderContract
{
    private static readonly ContainerLimits LiveLimits = new((256L + 16) << 20, 72, 2);

    [SkippableFact]
    public async Task SendAsync_LiveProgram_IsAnsweredEachTimeUntilItHasHeardTheEnd()
    {
        List<string> heard = [];
        CaseEndedEvent ended = await SpeakAsync(
            "import sys\nfor line in sys.stdin: print('got', line, end='', flush=True)\nprint('end')",
            async (container, said) =>
            {
                heard.Add(said);
                await SayAsync(container, heard.Count < 20 ? $"{heard.Count}\n" : null);
            },
            first: "0\n");

        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => $"got {i}\n"), "end\n"], heard);
        Assert.Equal("exit 0", HostileProgram.Verdict(ended));
    }

    [SkippableFact]
    public async Task SendAsync_Stop_EndsTheProgramAndTellsWhatItUsed()
    {
        CaseEndedEvent ended = await SpeakAsync(
            "print('up', flush=True)\ninput()",
            async (container, _) => await container.SendAsync(new RunnerCommand(RunnerCommand.Stop), CancellationToken.None));

        Assert.Equal((9, null), (ended.Signal, ended.Limit));
        Assert.True(ended.WallMs > 0);
    }

    [SkippableFact]
    public async Task SendAsync_ProgramDoesNotRead_WaitsUntilItHasEnded()
    {
        Task<bool>? saying = null;
        CaseEndedEvent ended = await SpeakAsync(
            "import time\nprint('up', flush=True)\ntime.sleep(60)",
            (container, _) =>
            {
                saying = SayMuchAsync(container);
                return Task.CompletedTask;
            },
            limits: ContainerHarness.Limits with { WallMs = 2000 });

        Assert.Equal(LimitKind.WallTime, ended.Limit);
        await saying!; // it ends, whether what it said last was dropped or refused

        static async Task<bool> SayMuchAsync(IContainer container)
        {
            for (int i = 0; i < 2000; i++)
            {
                if (!await container.SendAsync(new RunnerCommand(RunnerCommand.Stdin, new byte[32 << 10]), CancellationToken.None))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <param name="first">Said before the program says anything.</param>
    private async Task<CaseEndedEvent> SpeakAsync(string code, Func<IContainer, string, Task> onOutput, string? first = null, JobLimits? limits = null)
    {
        Skip.If(Obstacle is not null, Obstacle);
        Job job = ContainerHarness.Python(code, limits, warm: Spec.Held is not null);
        job = job with { Steps = [job.Steps[0] with { Cases = [new JobCase { Id = "", Live = true }] }] };
        CaseEndedEvent? ended = null;
        await using IContainer container = await Provider.CreateAsync(Spec, CancellationToken.None);
        await foreach (RunnerEvent received in container.RunAsync(job, LiveLimits, CancellationToken.None))
        {
            switch (received)
            {
                case CaseStartedEvent when first is not null:
                    await SayAsync(container, first);
                    break;
                case OutputEvent { Stream: OutputStream.Stdout, Data.Length: > 0 } output:
                    await onOutput(container, Encoding.UTF8.GetString(output.Data));
                    break;
                case CaseEndedEvent end:
                    ended = end;
                    break;
                default:
                    break;
            }
        }

        return ended!;
    }

    /// <param name="text">Null: nothing more.</param>
    private static async Task SayAsync(IContainer container, string? text)
        => await container.SendAsync(text is null ? new RunnerCommand(RunnerCommand.EndOfStdin) : new RunnerCommand(RunnerCommand.Stdin, Encoding.UTF8.GetBytes(text)), CancellationToken.None);
}
