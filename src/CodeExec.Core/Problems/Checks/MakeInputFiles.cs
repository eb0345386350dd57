using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems.Checks;

/// <summary>Has generators write the inputs of many tests at once, each into a file: one run for all tests of the same call, or for as many as files are kept of a run.</summary>
public sealed class MakeInputFiles(CheckRuns runs, MadeData made)
{
    /// <summary>As many as the runner keeps of one.</summary>
    private const int FilesOfARun = 100;

    /// <summary>As testlib and others call the file of test 3.</summary>
    private static readonly string[] Numbers = ["0", "00"];

    internal IReadOnlyList<InputFiles> CallsOf(CheckWork work)
        =>
        [
            .. work.Suite.Tests.Where(test => test.Generate?.File is not null)
                .GroupBy(test => string.Join('\0', test.Generate!.Arguments.Prepend(test.Generate.Generator)), StringComparer.Ordinal)
                .SelectMany(same => same.Chunk(FilesOfARun))
                .Select((same, index) => CallOf(work, same, index)),
        ];

    internal async Task TakeAsync(CheckWork work, InputFiles call, CheckRun run, Dictionary<string, TestData> inputs, List<CheckFinding> findings, CancellationToken cancellationToken)
    {
        string program = $"generator {call.Generator}";
        if (run.Obstacle is { } obstacle)
        {
            findings.Add(new CheckFinding(true, $"The {program} made nothing. {obstacle}", Program: call.Generator));
            return;
        }

        foreach (GradedTest test in call.Tests)
        {
            if (await ReadAsync(work.Check, run, test.Generate!.File!, cancellationToken) is { } content)
            {
                await made.TakeAsync(work, content, program, call.Generator, test, inputs, findings, cancellationToken);
            }
            else
            {
                findings.Add(new CheckFinding(true, $"The {program} wrote no file {test.Generate.File}, or one that is too large.", test.Id, call.Generator));
            }
        }
    }

    private InputFiles CallOf(CheckWork work, GradedTest[] tests, int index)
    {
        TestRecipe recipe = tests[0].Generate!;
        AuthorTool generator = work.Kit.Generators.First(one => one.Name == recipe.Generator);
        return new InputFiles($"files:{index}:{recipe.Generator}", recipe.Generator, tests, runs.SpecOf(generator.Program, recipe.Arguments, [.. tests.SelectMany(test => NamesOf(test.Generate!.File!))]));
    }

    private async Task<byte[]?> ReadAsync(ProblemCheck check, CheckRun run, string file, CancellationToken cancellationToken)
    {
        foreach (string name in NamesOf(file))
        {
            await using Stream? stored = await runs.OpenFileAsync(check, run, name, cancellationToken);
            if (stored is not null)
            {
                using MemoryStream content = new();
                await stored.CopyToAsync(content, cancellationToken);
                return content.ToArray();
            }
        }

        return null;
    }

    private static IEnumerable<string> NamesOf(string file) => file.All(char.IsAsciiDigit) ? Numbers.Select(zeros => zeros + file).Prepend(file) : [file];
}

/// <param name="Key">What the run is called within its check.</param>
internal sealed record InputFiles(string Key, string Generator, IReadOnlyList<GradedTest> Tests, ExecutionSpec Spec);
