using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems.Checks;

/// <summary>Has generators write the inputs of the tests that name them.</summary>
public sealed class MakeInputs(CheckRuns runs, MakeInputFiles files, MadeData made)
{
    /// <returns>Null as long as one is at work.</returns>
    internal async Task<CheckStep?> RunAsync(CheckWork work, CancellationToken cancellationToken)
    {
        (AuthorTool Generator, GradedTest[] Tests)[] parts =
        [
            .. work.Kit.Generators.Select(one => (one, work.Suite.Tests.Where(test => test.Generate is { File: null } recipe && recipe.Generator == one.Name).ToArray())).Where(part => part.Item2.Length > 0),
        ];
        IReadOnlyList<InputFiles> ofFiles = files.CallsOf(work);
        if (parts.Length + ofFiles.Count == 0)
        {
            return CheckStep.Nothing;
        }

        (string, ExecutionSpec)[] wanted = [.. parts.Select(part => ($"generator:{part.Generator.Name}", Calls(part.Generator, part.Tests))), .. ofFiles.Select(call => (call.Key, call.Spec))];
        if (await runs.RunAsync(work.Check, wanted, cancellationToken) is not { } ended)
        {
            return null;
        }

        List<CheckFinding> findings = [];
        Dictionary<string, TestData> inputs = new(StringComparer.Ordinal);
        for (int i = 0; i < parts.Length; i++)
        {
            string name = parts[i].Generator.Name;
            await made.TakeAsync(work, ended[i], $"generator {name}", name, parts[i].Tests, inputs, findings, cancellationToken);
        }

        for (int i = 0; i < ofFiles.Count; i++)
        {
            await files.TakeAsync(work, ofFiles[i], ended[parts.Length + i], inputs, findings, cancellationToken);
        }

        TestSuite suite = work.Suite with { Tests = [.. work.Suite.Tests.Select(test => inputs.TryGetValue(test.Id, out TestData? input) ? test with { Stdin = input } : test)] };
        made.CheckTotal(suite, findings);
        return CheckStep.Of(suite, findings);
    }

    private ExecutionSpec Calls(AuthorTool generator, IEnumerable<GradedTest> tests) => runs.SpecOf(generator.Program, [.. tests.Select(test => Call(generator, test))]);

    private static GradedTest Call(AuthorTool generator, GradedTest test)
        => new() { Id = test.Id, Args = [.. generator.Program.Args, .. test.Generate!.Arguments], Checker = new CheckerSpec.Kept(), Hidden = true };
}
