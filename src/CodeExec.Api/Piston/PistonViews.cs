using System.Text.Json.Serialization;

namespace CodeExec.Api.Piston;

internal sealed record PistonRuntimeView(string Language, string Version, IReadOnlyList<string> Aliases);

/// <param name="Compile">Left out for languages that are not compiled.</param>
internal sealed record PistonAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PistonStageView? Compile,
    PistonStageView Run,
    string Language,
    string Version);

/// <param name="Output">stdout and stderr in the order in which they came.</param>
/// <param name="Code">Null when a signal ended the program.</param>
/// <param name="Status">RE exited with another code than 0, SG ended by a signal, TO time limit, OL stdout limit, EL stderr limit, XX our fault; null if all went well.</param>
/// <param name="CpuTime">Milliseconds.</param>
/// <param name="WallTime">Milliseconds.</param>
/// <param name="Memory">Bytes.</param>
internal sealed record PistonStageView(
    string Stdout,
    string Stderr,
    string Output,
    int? Code,
    string? Signal,
    string? Message,
    string? Status,
    [property: JsonPropertyName("cpu_time")] long CpuTime,
    [property: JsonPropertyName("wall_time")] long WallTime,
    long Memory);
