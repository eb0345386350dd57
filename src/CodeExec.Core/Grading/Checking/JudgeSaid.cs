using System.Text;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Checking;

/// <summary>What a judge's program said of one test: on stderr, and in the files that ICPC's format has for it.</summary>
internal sealed record JudgeSaid(string Stderr)
{
    /// <summary>Of each message.</summary>
    public const int Shown = 1000;

    /// <summary>Of stderr, to be looked through: which error a program died of stands behind the places that led to it.</summary>
    public const int Kept = 64 * 1024;

    public static readonly JudgeSaid Nothing = new("");

    /// <summary>All of stderr that was kept, as it came.</summary>
    public string Written { get; private init; } = "";

    /// <summary>Where a program leaves them, behind the path of its folder.</summary>
    public const string Pattern = "*.txt";

    /// <summary>For judges: authors and admins.</summary>
    public string? JudgeMessage { get; private init; }

    /// <summary>For whoever submitted.</summary>
    public string? TeamMessage { get; private init; }

    /// <summary>Points for an accepted test.</summary>
    public string? Score { get; private init; }

    /// <summary>In place of those: the part of the test's points.</summary>
    public string? ScoreMultiplier { get; private init; }

    /// <param name="feedback">Regular files of the folder, by their paths; others than the known ones do not count.</param>
    public static JudgeSaid Of(ReadOnlySpan<byte> stderr, IEnumerable<JobFile> feedback)
    {
        Dictionary<string, string> texts = [];
        foreach (JobFile file in feedback)
        {
            texts[Path.GetFileName(file.Path)] = Text(file.Content);
        }

        return new JudgeSaid(Text(stderr))
        {
            Written = Encoding.UTF8.GetString(stderr),
            JudgeMessage = texts.GetValueOrDefault("judgemessage.txt"),
            TeamMessage = texts.GetValueOrDefault("teammessage.txt"),
            Score = texts.GetValueOrDefault("score.txt"),
            ScoreMultiplier = texts.GetValueOrDefault("score_multiplier.txt"),
        };
    }

    // Cut inside a character, its half is left out.
    private static string Text(ReadOnlySpan<byte> bytes)
        => (bytes.Length > Shown ? Encoding.UTF8.GetString(bytes[..Shown]).TrimEnd('\uFFFD') : Encoding.UTF8.GetString(bytes)).Trim();
}
