using System.Globalization;
using System.Text;
using CodeExec.Cli.Running;
using CodeExec.Client;

namespace CodeExec.Cli.Text;

/// <summary>An execution in a few lines.</summary>
internal static class ExecutionText
{
    public static string Of(Execution execution)
    {
        StringBuilder text = new();
        Line(text, "id", execution.Id);
        Line(text, "status", execution.Status.ToString().ToLowerInvariant());
        if (execution.HasEnded)
        {
            Line(text, "exit code", Ending.ExitCodeOf(execution).ToString(CultureInfo.InvariantCulture));
        }
        foreach (string remark in Ending.RemarksOn(execution))
        {
            Line(text, "", remark);
        }
        Line(text, "language", $"{execution.Language} {execution.Version}".TrimEnd());
        Line(text, "created", Time(execution.CreatedAt));
        Line(text, "start at", execution.StartAt is { } startAt ? Time(startAt) : null);
        Line(text, "started", execution.StartedAt is { } started ? Time(started) : null);
        Line(text, "ended", execution.EndedAt is { } ended ? Time(ended) : null);
        Line(text, "took", execution.DurationMs is { } ms ? Durations.Show(TimeSpan.FromMilliseconds(ms)) : null);
        Line(text, "cpu", execution.Run?.CpuMs is { } cpu ? Durations.Show(TimeSpan.FromMilliseconds(cpu)) : null);
        Line(text, "memory", execution.Run?.MemoryBytes is { } memory ? Sizes.Show(memory) : null);
        foreach ((string key, string value) in execution.Labels)
        {
            Line(text, "label", $"{key}:{value}");
        }
        foreach (ExecutionArtifact artifact in execution.Artifacts)
        {
            Line(text, "artifact", $"{artifact.Path} ({Sizes.Show(artifact.SizeBytes)})");
        }
        foreach (ExecutionDisplay display in execution.Displays.Where(one => one.Refused is null))
        {
            Line(text, "display", $"{display.Name} ({display.Mime}, {Sizes.Show(display.SizeBytes)})");
        }
        return text.ToString();
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name,-10} {TerminalText.Escape(value)}").Append('\n');
        }
    }
}
