using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Progress;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Live;

/// <summary>An execution whose feed a test writes line by line.</summary>
internal sealed class FeedScript(ApiHost host, ExecutionRecord record, ILogWriter feed)
{
    public string Id { get; } = record.Id.ToString();

    public static async Task<FeedScript> BeginAsync(ApiHost host, string? key = null)
    {
        TaskCompletionSource<ExecutionRecord> accepted = new();
        host.Executions.OnAccepted = (_, record, _) =>
        {
            accepted.SetResult(record);
            return Task.CompletedTask;
        };
        await host.SubmitAsync(key: key);
        ExecutionRecord record = await accepted.Task;
        ILogWriter feed = await host.Services.GetRequiredService<ILogStore>().OpenAsync(record.Id, CancellationToken.None);
        feed.Append(ExecutionFeed.FirstEntry(record));
        return new(host, record, feed);
    }

    public void Say(string line, LogSource source = LogSource.Stdout) => feed.Append(host.Executions.Entry(line, source));

    public void Status(ExecutionStatus status) => feed.Append(host.Executions.Status(status));

    public void Error(string message) => feed.Append(host.Executions.Entry(message) with { Event = FeedEvent.Error, Level = LogLevel.Error });

    public async Task EndAsync()
    {
        await host.Services.GetRequiredService<IExecutionStore>().TryUpdateAsync(
            record with { Status = ExecutionStatus.Completed, Outcome = new ExecutionOutcome.Exited(0), EndedAt = record.CreatedAt.AddSeconds(1), Run = new StepResult { ExitCode = 0, Stdout = CapturedOutput.Empty, Stderr = CapturedOutput.Empty } },
            CancellationToken.None);
        feed.Append(host.Executions.Entry("Ended") with { Event = FeedEvent.Result });
        await feed.DisposeAsync();
        host.Services.GetRequiredService<ExecutionSignals>().Notify(record.Id);
    }
}
