using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Api.Status;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Submitting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Codebae;

/// <summary>The Codebae runner's endpoint: an application that talks to that runner works after changing its address.</summary>
internal sealed class CodebaeEndpoints(JsonBodyReader bodies, DropInExecutions executions)
{
    private const string Scope = "codebae";

    private static readonly HashSet<string> Members = ["language", "code", "stdin"];

    public void Map(IEndpointRouteBuilder routes)
        => routes.MapPost("/execute", ExecuteAsync).For(Role.Submitter).WithMetadata(new ErrorShapeMetadata(ErrorShape.Codebae));

    private async Task ExecuteAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        FieldErrors errors = new();
        JsonFields fields = new(body.Root, "", errors, Members);
        Submission submission = new() { Language = fields.Text("language"), Code = fields.Text("code"), Stdin = fields.Text("stdin") };
        errors.ThrowIfAny();

        ExecutionRecord record = await executions.RunAsync(context, submission, IdempotencyHeader.Read(context.Request, body, Scope));
        ExecutionView view = await executions.ViewAsync(record, context.RequestAborted);
        await context.WriteAsync(StatusCodes.Status200OK, Answer(view), ApiJson.Default.CodebaeAnswer);
    }

    private static CodebaeAnswer Answer(ExecutionView view)
    {
        StepView? last = view.Run ?? view.Compile;
        return new(
            view.Success,
            view.Run?.Stdout ?? "",
            view.Success ? null : Reason(view, last),
            last?.ExitCode,
            view.Run?.WallMs ?? 0,
            view.Language,
            StatusNames.Of(view.Status),
            view.Run?.MemoryBytes ?? 0,
            view.Status == ExecutionStatus.Timeout,
            last is { StdoutTruncated: true } or { StderrTruncated: true },
            view.Id.ToString());
    }

    private static string Reason(ExecutionView view, StepView? last)
    {
        string said = last?.Stderr is { Length: > 0 } stderr ? stderr : last?.Stdout ?? "";
        return view.Outcome switch
        {
            { Limit: ResourceLimit.WallTime or ResourceLimit.CpuTime } => Beside("Time limit exceeded", last?.Stderr),
            { Limit: ResourceLimit.Memory } => Beside("Memory limit exceeded", last?.Stderr),
            { Limit: ResourceLimit.Output } => Beside("Output limit exceeded", last?.Stderr),
            { Limit: { } limit } => Beside($"Limit exceeded: {limit}", last?.Stderr),
            { Kind: "compileFailed" } => said.Length > 0 ? said : "The program does not compile.",
            { Signal: { } signal } => Beside($"Ended by signal {Signals.NameOf(signal)}", last?.Stderr),
            { Kind: "cancelled" } => "The execution was stopped.",
            { Kind: "internalError" } => view.Error?.Message ?? "The server could not run the program.",
            { ExitCode: { } code } => last?.Stderr is { Length: > 0 } text ? text : $"The program ended with exit code {code}.",
            _ => view.Error?.Message ?? "The execution has not ended.",
        };
    }

    private static string Beside(string reason, string? stderr) => string.IsNullOrEmpty(stderr) ? reason : $"{reason}\n{stderr}";
}
