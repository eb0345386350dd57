using System.Text;
using CodeExec.Core.Executions.Output;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Scoring;
using CodeExec.Core.Languages;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Running;

/// <summary>One test while its program runs: what it writes is compared as it comes, and its beginning kept.</summary>
/// <param name="expected">Empty when there is nothing to compare with.</param>
/// <param name="keep">How much of the output is kept whole, for a checker that needs all of it; 0 for others.</param>
internal sealed class TestRun(GradedTest test, CheckerSpec checker, ReadOnlyMemory<byte> expected, IReadOnlyCollection<byte[]> secrets, int shown, int keep)
{
    private readonly OutputCheck? _check = checker is not (CheckerSpec.Program or CheckerSpec.Interactor or CheckerSpec.Kept) && (test.Expected is not null || checker is CheckerSpec.Regex)
        ? OutputCheck.For(checker, expected)
        : null;

    private readonly OutputPreview _stdout = new(keep > 0 ? keep : Math.Max(shown, OutputDiff.MostBytes));
    private readonly OutputPreview _stderr = new(shown);
    private readonly OutputPreview _printed = new(JobCase.MostCollectedBytes);
    private bool _hasFile;
    private string? _refused;

    public GradedTest Test { get; } = test;

    /// <summary>How its program says that it died of an error.</summary>
    public FailurePattern? Failure { get; init; }

    /// <summary>What its program writes in place of its stdout.</summary>
    public string? OutputFile { get; init; }

    public bool NeedsProgram => checker is CheckerSpec.Program;

    public bool IsKept => checker is CheckerSpec.Kept;

    /// <summary>For a checker that is a program, and to be kept.</summary>
    public byte[] Output => _stdout.ToArray();

    public void Add(OutputEvent output)
    {
        if (output.Stream == OutputStream.Stderr)
        {
            _stderr.Add(output.Data);
            return;
        }

        if (OutputFile is not null)
        {
            _printed.Add(output.Data); // counts if there is no file
            return;
        }

        Take(output.Data);
    }

    /// <summary>Of a file that its program has left.</summary>
    public void Add(FileEvent file)
    {
        if (file.Path == OutputFile)
        {
            _hasFile = true;
            Take(file.Data);
        }
    }

    public void Refuse(FileRefusedEvent file) => _refused = $"{file.Path} could not be read: {file.Reason}";

    private void Take(byte[] output)
    {
        _check?.Add(output);
        _stdout.Add(output);
    }

    /// <summary>The result as far as it is known: where a program has to check the output, it counts as accepted until that program has spoken.</summary>
    public TestResult End(CaseEndedEvent ended)
    {
        if (OutputFile is not null && !_hasFile)
        {
            Take(_printed.ToArray());
        }

        CaseFacts facts = new(ended.ExitCode, ended.Signal, (ResourceLimit?)ended.Limit, ended.StartError);
        CheckResult check = VerdictTable.OfRun(facts) is { } verdict
            ? new CheckResult(verdict, 0, ended.StartError ?? (verdict == Verdict.RuntimeError ? Failure?.Find(Shown(_stderr))?.ToString() : null))
            : _refused is not null ? new CheckResult(Verdict.WrongAnswer, 0, _refused)
            : _check?.Complete() ?? CheckResult.Accepted;
        return Result(check) with
        {
            ExitCode = facts.ExitCode,
            Signal = facts.Signal,
            Limit = facts.Limit,
            WallMs = Math.Round(ended.WallMs, 3),
            CpuMs = Math.Round(ended.CpuMs, 3),
            MemoryBytes = ended.MemoryBytes,
            StdoutBytes = ended.StdoutBytes,
            StderrBytes = ended.StderrBytes,
        };
    }

    /// <summary>The container went before the runner could say how the test ended.</summary>
    public TestResult End(Verdict verdict, ResourceLimit? limit, string message) => Result(new CheckResult(verdict, 0, message)) with
    {
        Limit = limit,
        StdoutBytes = _stdout.Total,
        StderrBytes = _stderr.Total,
    };

    /// <summary>A result without a run.</summary>
    public static TestResult Without(GradedTest test, Verdict verdict, string message) => Without(test, new CheckResult(verdict, 0, message));

    /// <inheritdoc cref="Without(GradedTest, Verdict, string)"/>
    public static TestResult Without(GradedTest test, CheckResult check) => Basic(test, check);

    /// <summary>A result with what a checker said.</summary>
    public static TestResult With(TestResult result, GradedTest test, CheckResult check) => result with
    {
        Verdict = check.Verdict,
        Fraction = check.Fraction,
        Points = ScoreRules.PointsOf(test, check.Fraction),
        Message = check.Message,
        JudgeMessage = check.JudgeMessage,
    };

    private TestResult Result(CheckResult check) => Basic(Test, check) with
    {
        Stdout = Shown(_stdout),
        Stderr = Shown(_stderr),
        Diff = check.Verdict is Verdict.WrongAnswer or Verdict.PresentationError && Test.Expected is not null && ComparesText
            ? OutputDiff.Make(checker, expected.Span, Masked(_stdout.Bytes), _stdout.IsCut)
            : null,
    };

    private bool ComparesText => checker is not (CheckerSpec.Program or CheckerSpec.Interactor or CheckerSpec.Regex or CheckerSpec.Contains or CheckerSpec.UnorderedLines or CheckerSpec.UnorderedTokens);

    private static TestResult Basic(GradedTest test, CheckResult check) => new()
    {
        Id = test.Id,
        Name = test.Name,
        Group = test.Group,
        Hidden = test.Hidden,
        Verdict = check.Verdict,
        Fraction = check.Fraction,
        Points = ScoreRules.PointsOf(test, check.Fraction),
        MaxPoints = test.Points,
        Message = check.Message,
        JudgeMessage = check.JudgeMessage,
        RequirementIds = test.RequirementIds,
    };

    /// <summary>As text, without secrets and not in the middle of a character.</summary>
    public string Shown(OutputPreview preview)
    {
        ReadOnlySpan<byte> bytes = Masked(preview.Bytes);
        ReadOnlySpan<byte> cut = bytes[..Math.Min(bytes.Length, shown)];
        int whole = cut.Length;
        while (whole > 0 && cut.Length - whole < 4 && bytes.Length > cut.Length && (bytes[whole] & 0xC0) == 0x80)
        {
            whole--; // not inside a character
        }

        return Encoding.UTF8.GetString(cut[..whole]);
    }

    private ReadOnlySpan<byte> Masked(ReadOnlySpan<byte> bytes)
    {
        if (secrets.Count == 0)
        {
            return bytes;
        }

        SecretMasker masker = new(secrets);
        return (byte[])[.. masker.Next(bytes.ToArray()).Span, .. masker.Flush().Span];
    }
}
