using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Grading.Submitting;

/// <summary>A checker's program: checked like any submission.</summary>
/// <param name="validate">Checks a submission; its mistakes are by field as of the submission.</param>
internal sealed class JudgeProgramRules(JudgeProgramRules.Validation validate)
{
    public delegate ExecutionSpec? Validation(Submission submission, out IReadOnlyDictionary<string, string[]> errors);

    /// <returns>Null with mistakes noted.</returns>
    public JudgeProgram? Check(SubmittedProgram program, string at, Mistakes mistakes)
    {
        if (program.Protocol is not (null or "testlib" or "icpc"))
        {
            mistakes.Add(at + ".protocol", "Must be testlib or icpc.");
        }

        Submission submission = new()
        {
            Language = program.Language,
            Version = program.Version,
            Code = program.Code,
            Files = program.Files,
            Entry = program.Entry,
            Limits = program.Limits,
            CompileArgs = program.CompileArgs,
            Args = program.Args,
        };
        ExecutionSpec? spec = validate(submission, out IReadOnlyDictionary<string, string[]> errors);
        mistakes.AddAll(errors, at + ".");
        return spec is null ? null : new JudgeProgram
        {
            Language = spec.Language,
            Version = spec.Version,
            Files = spec.Files,
            Entry = spec.Entry,
            Limits = spec.Limits,
            CompileLimits = spec.CompileLimits,
            CompileArgs = spec.CompileArgs,
            Args = spec.Args,
            Protocol = program.Protocol == "icpc" ? JudgeProtocol.Icpc : JudgeProtocol.Testlib,
        };
    }
}
