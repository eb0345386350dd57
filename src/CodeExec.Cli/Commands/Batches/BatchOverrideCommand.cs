using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class BatchOverrideCommand : Command
{
    public BatchOverrideCommand(CommandRunner runner)
        : base("override", "Give points by hand to a submission of a batch that has ended; the computed ones stay beside them.")
    {
        Argument<string> id = BatchCommand.Id();
        Argument<int> index = new("INDEX") { Description = "Which submission, as 'results' numbers them." };
        OverrideOptions options = new();
        Add(id);
        Add(index);
        options.AddTo(this);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            (decimal? score, string reason) = options.Read(parsed);
            BatchItem changed = await client.OverrideAsync(parsed.GetRequiredValue(id), parsed.GetValue(index), score, reason, giveUp);
            await runner.PrintAsync(BatchText.TableOf([changed]));
            return ExitCodes.Success;
        }));
    }
}
