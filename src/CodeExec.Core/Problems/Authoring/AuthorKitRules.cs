using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Problems.Authoring;

/// <summary>Programs of authors are checked like any submission; what tests and programs say of each other must fit.</summary>
internal sealed class AuthorKitRules(SubmissionValidator submissions, SubmissionCeilings ceilings, Mistakes mistakes)
{
    private const int LongestName = 64, MostPrograms = 64;

    private readonly JudgeProgramRules _programs = new((Submission program, out IReadOnlyDictionary<string, string[]> errors)
        => submissions.TryValidate(program, out Executions.ExecutionSpec? spec, out errors) ? spec : null);

    private readonly List<LeftOut> _leftOut = [];

    /// <param name="problem">With the limits and the harness that submissions have; languages aside, for a solution may be in any.</param>
    public AuthorKit Check(SubmittedAuthoring? submitted, TestSuite suite, Problem problem)
    {
        submitted ??= new SubmittedAuthoring();
        AuthorKit kit = new()
        {
            Validators = Tools(submitted.Validators, "validators", "validator"),
            Generators = Tools(submitted.Generators, "generators", "generator"),
            Solutions = Solutions(submitted.Solutions ?? [], problem),
            LeftOut = _leftOut,
        };
        if (kit.Solutions.Count(one => one.Main) > 1)
        {
            mistakes.Add("solutions", "Two are marked as the main one.");
        }

        CheckRecipes(suite, kit);
        return kit;
    }

    private void CheckRecipes(TestSuite suite, AuthorKit kit)
    {
        for (int i = 0; i < suite.Tests.Count; i++)
        {
            if (suite.Tests[i].Generate is not { } recipe)
            {
                continue;
            }

            if (recipe.File is { } file && (FilePaths.FindMistake(file) ?? (file.IndexOfAny(['*', '?', '[', '{']) < 0 ? null : "Must be the name of one file.")) is { } mistake)
            {
                mistakes.Add($"tests[{i}].generate.file", mistake);
            }

            ProcessRules.CheckArguments(recipe.Arguments, $"tests[{i}].generate.args", ceilings, mistakes);
            if (kit.Generators.All(one => one.Name != recipe.Generator))
            {
                mistakes.Add($"tests[{i}].generate.generator", kit.LeftOut.FirstOrDefault(one => one.What == "generator" && one.Name == recipe.Generator) is { } missing
                    ? $"{Texts.Quote(missing.Name)} can not be run here: {missing.Why}"
                    : $"There is no generator {Texts.Quote(recipe.Generator)} in 'generators'.");
            }
        }
    }

    private List<AuthorTool> Tools(IReadOnlyList<SubmittedTool>? tools, string field, string what)
    {
        List<AuthorTool> known = [];
        RefuseTooMany(tools?.Count ?? 0, field);
        for (int i = 0; i < tools?.Count && i < MostPrograms; i++)
        {
            string at = $"{field}[{i}]", name = tools[i].Name ?? $"{i + 1}";
            CheckName(name, known.Select(one => one.Name), at);
            SubmittedProgram program = tools[i].Program;
            SubmittedLimits limits = program.Limits ?? new SubmittedLimits();
            Mistakes own = new();
            JudgeProgram? judge = _programs.Check(program with { Limits = limits with { OutputKb = limits.OutputKb ?? ceilings.OutputKb } }, at, own);
            if (judge is not null)
            {
                known.Add(new AuthorTool(name, judge));
            }
            else if (!(tools[i].Optional && LeaveOut(what, name, at, own.ByField)))
            {
                mistakes.AddAll(own.ByField);
            }
        }

        return known;
    }

    private List<Solution> Solutions(IReadOnlyList<SubmittedSolution> solutions, Problem problem)
    {
        List<Solution> known = [];
        RefuseTooMany(solutions.Count, "solutions");
        for (int i = 0; i < solutions.Count && i < MostPrograms; i++)
        {
            string at = $"solutions[{i}]", name = solutions[i].Name ?? $"{i + 1}";
            CheckName(name, known.Select(one => one.Name), at);
            if (!Promise.TryRead(solutions[i].Expect, out Promise? promise))
            {
                mistakes.Add(at + ".expect", $"Must be one of {Promise.KnownNames}, or several of them.");
            }
            else if (solutions[i].Main && !promise.MayBeAccepted)
            {
                mistakes.Add(at + ".expect", "The main solution must be accepted.");
            }

            SubmittedProgram program = solutions[i].Program;
            Submission submission = new()
            {
                Language = program.Language, Version = program.Version, Code = program.Code, Files = program.Files, Entry = program.Entry, CompileArgs = program.CompileArgs,
            };
            if (submissions.TryValidate(submission, problem, out _, out IReadOnlyDictionary<string, string[]> errors))
            {
                known.Add(new Solution(name, submission, promise ?? Promise.Accepted, solutions[i].Main));
            }
            else if (!(solutions[i].Optional && LeaveOut("solution", name, "", errors)))
            {
                mistakes.AddAll(errors, at + ".");
            }
        }

        return known;
    }

    // A package is no worse for a solution in a language that is not here.
    private bool LeaveOut(string what, string name, string at, IReadOnlyDictionary<string, string[]> errors)
    {
        string prefix = at.Length == 0 ? "" : at + ".";
        if (!errors.Keys.All(field => field == prefix + "language" || field == prefix + "version"))
        {
            return false;
        }

        _leftOut.Add(new LeftOut(what, name, string.Join(' ', errors.Values.SelectMany(messages => messages))));
        return true;
    }

    private void RefuseTooMany(int count, string field)
    {
        if (count > MostPrograms)
        {
            mistakes.Add(field, $"There may be {MostPrograms} at most; these are {count}.");
        }
    }

    private void CheckName(string name, IEnumerable<string> others, string at)
    {
        if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '+'))
        {
            mistakes.Add(at + ".name", $"Must be 1 to {LongestName} letters, digits, '-', '_', '.', '+' or '/'.");
        }
        else if (others.Contains(name, StringComparer.Ordinal))
        {
            mistakes.Add(at + ".name", $"There are two of the name {Texts.Quote(name)}.");
        }
    }
}
