using System.Text;
using CodeExec.Api.Executions;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Piston;

/// <summary>Shows an execution as Piston would.</summary>
internal sealed class PistonAnswers(ExecutionFeed feed, ExecutionViews views)
{
    public async Task<PistonAnswer> CreateAsync(PistonRequest request, ExecutionRecord record, CancellationToken cancellationToken)
    {
        ExecutionView view = await views.WholeAsync(record, cancellationToken);
        PistonStageView? compile = view.Compile is null ? null : await StageAsync(record, view.Compile, "compile", view, cancellationToken);

        // Clients of Piston always find a "run": where none was reached it repeats the compile stage.
        PistonStageView run = view.Run is null ? compile ?? Fault(view) : await StageAsync(record, view.Run, "run", view, cancellationToken);
        return new(compile, run, request.Language, request.Version);
    }

    private async Task<PistonStageView> StageAsync(ExecutionRecord record, StepView step, string name, ExecutionView view, CancellationToken cancellationToken)
    {
        (string? status, string? message) = Verdict(step, name == "run" ? view : null);
        bool killed = status is "TO" or "OL" or "EL" || step.Limit is not null;
        return new(
            step.Stdout,
            step.Stderr,
            await OutputAsync(record, step, name, cancellationToken),
            killed ? null : step.ExitCode,
            killed ? "SIGKILL" : step.Signal is { } signal ? Signals.NameOf(signal) : null,
            message,
            status,
            step.CpuMs,
            step.WallMs,
            step.MemoryBytes);
    }

    private static (string? Status, string? Message) Verdict(StepView step, ExecutionView? view) => step switch
    {
        { Limit: ResourceLimit.WallTime } => ("TO", "Time limit exceeded (wall clock)"),
        { Limit: ResourceLimit.CpuTime } => ("TO", "Time limit exceeded"),
        { Limit: ResourceLimit.Output, StdoutTruncated: false } => ("EL", "stderr length exceeded"),
        { Limit: ResourceLimit.Output } => ("OL", "stdout length exceeded"),
        { Limit: ResourceLimit.Memory } => ("SG", "Memory limit exceeded"),
        { Limit: { } limit } => ("SG", $"{limit} limit exceeded"),
        { Signal: { } signal } => ("SG", $"Caught fatal signal {signal}"),
        { ExitCode: 0 } => (null, null),
        { ExitCode: { } code } => ("RE", $"Exited with error status {code}"),
        _ => ("XX", view?.Error?.Message ?? "The program was not run to its end"),
    };

    private static PistonStageView Fault(ExecutionView view)
        => new("", "", "", null, null, view.Error?.Message ?? "The program was not run", "XX", 0, 0, 0);

    /// <summary>The order across the two streams stands in the feed; where only one was written to, that one is all.</summary>
    private async Task<string> OutputAsync(ExecutionRecord record, StepView step, string name, CancellationToken cancellationToken)
    {
        if (step.Stderr.Length == 0 || step.Stdout.Length == 0)
        {
            return step.Stderr.Length == 0 ? step.Stdout : step.Stderr;
        }

        StringBuilder output = new(step.Stdout.Length + step.Stderr.Length);
        await foreach (LogEntry entry in feed.ReadAsync(record, 0, cancellationToken))
        {
            if (entry.Step == name && entry.Source is (LogSource.Stdout or LogSource.Stderr))
            {
                output.Append(entry.Message);
                _ = entry.Partial ? output : output.Append('\n');
            }
        }

        return output.Length > 0 ? output.ToString() : step.Stdout + step.Stderr;
    }
}
