using CodeExec.Api.Executions;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;

namespace CodeExec.Api.Piston;

/// <summary>Shows an execution as Piston would.</summary>
internal sealed class PistonAnswers(OutputInOrder output, ExecutionViews views)
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
            await output.ReadAsync(record, name, step.Stdout, step.Stderr, cancellationToken),
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
}
