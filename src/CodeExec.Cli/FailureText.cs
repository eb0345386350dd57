using System.Globalization;
using System.Net;
using System.Text;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli;

/// <summary>A server's refusal in words, with what to do next.</summary>
internal static class FailureText
{
    public static string Of(CodeExecException failure)
    {
        StringBuilder text = new();
        text.Append("codeexec: ").AppendLine(TerminalText.Escape(failure.Message));
        foreach ((string field, string[] messages) in failure.Errors)
        {
            foreach (string message in messages)
            {
                text.Append("  ").Append(TerminalText.Escape(field)).Append(": ").AppendLine(TerminalText.Escape(message));
            }
        }
        if (Hint(failure) is { } hint)
        {
            text.AppendLine(hint);
        }
        return text.ToString();
    }

    private static string? Hint(CodeExecException failure) => failure.Status switch
    {
        null => "Is the server running? Start one with ./run, or name another with --server URL or CODEEXEC_SERVER.",
        HttpStatusCode.Unauthorized => "Give your key with CODEEXEC_KEY or --key.",
        HttpStatusCode.Forbidden => "Your key does not allow this; ask whoever runs the server for another role.",
        HttpStatusCode.NotFound when IsAbout(failure, "batch") => "'codeexec batch list' shows the batches that your key can see.",
        HttpStatusCode.NotFound when IsAbout(failure, "problem") => "'codeexec problem list' shows the problems that your key can see.",
        HttpStatusCode.NotFound => "'codeexec list' shows the executions that your key can see.",
        HttpStatusCode.TooManyRequests when failure.Attempts is not null => null, // the refusal says it all
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => failure.RetryAfter is { } wait
            ? string.Create(CultureInfo.InvariantCulture, $"The server is busy; try again in {Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0} s.")
            : "The server is busy; try again in a while.",
        _ => null,
    };

    private static bool IsAbout(CodeExecException failure, string what) => failure.Detail?.Contains(what, StringComparison.Ordinal) == true;
}
