namespace CodeExec.Core.Grading;

/// <summary>What a test, or a whole submission, came to. Names stand in records and on the wire.</summary>
public enum Verdict
{
    Accepted,

    /// <summary>A checker gave part of the points; of a submission: some tests gave points, not all.</summary>
    PartiallyCorrect,

    /// <summary>The right words, with other white space than was asked for.</summary>
    PresentationError,
    WrongAnswer,
    TimeLimit,
    MemoryLimit,
    OutputLimit,

    /// <summary>Ended by a signal, with an exit code other than 0, or at its limit of processes, workspace or one file.</summary>
    RuntimeError,
    CompileError,

    /// <summary>Not run: an earlier failure made it pointless.</summary>
    Skipped,
    Cancelled,

    /// <summary>The author's checker failed: not the submitter's fault.</summary>
    CheckerError,

    /// <summary>We failed: not the submitter's fault.</summary>
    InternalError,
}

public static class Verdicts
{
    /// <summary>Nobody can be marked down for these: somebody else has to mend something, or it was not judged at all.</summary>
    public static bool IsNotTheSubmitters(this Verdict verdict)
        => verdict is Verdict.CheckerError or Verdict.InternalError or Verdict.Cancelled or Verdict.Skipped;

    /// <summary>As it stands on the wire.</summary>
    public static string Name(this Verdict verdict) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(verdict.ToString());
}
