using System.Text;
using System.Text.Unicode;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;

namespace CodeExec.Api.Judge0;

/// <summary>An execution, with the bytes that an answer may show.</summary>
/// <param name="Spec">Null unless an attribute is asked for that was sent.</param>
/// <param name="Expected">What was sent to compare with; null if nothing was, or nobody asks.</param>
internal sealed record Judge0Facts(ExecutionRecord Record, ExecutionSpec? Spec, byte[]? Expected, byte[] Stdout, byte[] Stderr, byte[] CompileOutput, int LanguageId, string LanguageName)
{
    /// <summary>The program of a zip was not built: its only run was that of the script which says so.</summary>
    public bool IsNotBuilt { get; init; }

    public (int Id, string? Message) Status => IsNotBuilt ? (Judge0Statuses.CompilationError, null) : StatusOf(Record, Stdout);

    public StepResult? Run => IsNotBuilt ? null : Record.Run;

    /// <summary>Judge0 has no text where there is nothing.</summary>
    public static byte[]? OrNull(byte[] bytes) => bytes.Length == 0 ? null : bytes;

    /// <exception cref="NotUtf8Exception">It is no text.</exception>
    public static string Text(byte[] bytes) => Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw new NotUtf8Exception();

    public static (int Id, string? Message) StatusOf(ExecutionRecord record, byte[] stdout)
    {
        (int id, string? message) = Judge0Statuses.Of(record);
        return id == Judge0Statuses.Accepted && !Judge0Submission.IsRight(record, stdout) ? (Judge0Statuses.WrongAnswer, message) : (id, message);
    }
}

/// <summary>An attribute can only be shown as Base64.</summary>
internal sealed class NotUtf8Exception : Exception;
