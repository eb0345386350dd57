namespace CodeExec.Core.Grading.Checking;

/// <summary>A strict check, and beside it one of the words alone: who fails only the first has a presentation error.</summary>
internal sealed class PresentationCheck(OutputCheck strict, TokenCheck words) : OutputCheck
{
    public override void Add(ReadOnlySpan<byte> output)
    {
        strict.Add(output);
        words.Add(output);
    }

    public override CheckResult Complete()
    {
        CheckResult result = strict.Complete();
        return result.Verdict == Verdict.WrongAnswer && words.Complete().Verdict == Verdict.Accepted
            ? new CheckResult(Verdict.PresentationError, 0, "The words are right, the white space is not.")
            : result;
    }
}
