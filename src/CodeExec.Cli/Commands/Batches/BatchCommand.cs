using System.CommandLine;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

/// <summary>All that a teacher does with many submissions.</summary>
internal sealed class BatchCommand : Command
{
    public BatchCommand(CommandRunner runner)
        : base("batch", "Grade many submissions as one piece of work.")
    {
        Command[] all =
        [
            new BatchSubmitCommand(runner),
            new BatchListCommand(runner),
            new BatchStatusCommand(runner),
            new BatchFollowCommand(runner),
            new BatchResultsCommand(runner),
            new BatchActionCommand(runner, "pause", "Stop handing out work until it is resumed.", (client, id, giveUp) => client.PauseBatchAsync(id, giveUp)),
            new BatchActionCommand(runner, "resume", "Go on with a batch that was paused.", (client, id, giveUp) => client.ResumeBatchAsync(id, giveUp)),
            new BatchActionCommand(runner, "cancel", "End a batch; what is graded stays.", (client, id, giveUp) => client.CancelBatchAsync(id, giveUp)),
            new BatchDeleteCommand(runner),
            new DeadLettersCommand(runner),
            new RequeueCommand(runner),
            new BatchOverrideCommand(runner),
            new RegradeCommand(runner),
            new ChangesCommand(runner),
            new BatchActionCommand(runner, "publish", "Let the results of a regrade be those of the batch that it regrades.", (client, id, giveUp) => client.PublishAsync(id, giveUp)),
            new BatchActionCommand(runner, "rollback", "Give a batch its own results again.", (client, id, giveUp) => client.RollbackAsync(id, giveUp)),
        ];
        foreach (Command command in all)
        {
            Add(command);
        }
    }

    public static Argument<string> Id() => new("ID") { Description = "The batch's id." };
}

/// <summary>What is asked of a batch by its id alone.</summary>
internal delegate Task<Batch> BatchAction(CodeExecClient client, string id, CancellationToken giveUp);
