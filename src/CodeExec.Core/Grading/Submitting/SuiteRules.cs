using System.Text.Json;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Scoring;

namespace CodeExec.Core.Grading.Submitting;

/// <summary>The tests of a submission or of a problem: checked, decoded, each with an id of its own.</summary>
/// <param name="programs">Makes a checker out of what was sent.</param>
internal sealed class SuiteRules(
    GradingOptions options, SubmissionCeilings ceilings, JudgeProgramRules programs, Mistakes mistakes)
{
    private const int LongestId = 64, LongestName = 256, MostGroups = 200, MostRequirements = 100;
    private const decimal MostPoints = 1_000_000;

    /// <returns>A suite that may be used if no mistake was noted.</returns>
    public TestSuite Check(SubmittedSuite submitted)
    {
        IReadOnlyList<SubmittedTest> tests = submitted.Tests ?? [];
        if (tests.Count == 0 || tests.Count > options.Tests)
        {
            mistakes.Add("tests", tests.Count == 0 ? "Send at least one test." : $"There may be {options.Tests} tests at most; these are {tests.Count}.");
            return new TestSuite { Tests = [] };
        }

        TestDataRules data = new(options, mistakes);
        CheckerRules checkers = new(programs, ceilings, mistakes);
        TestGroup[] groups = CheckGroups(submitted.Groups ?? []);
        JudgeProgram? interactor = submitted.Interactor is { } program ? checkers.CheckInteractor(program, "interactor") : null;
        CheckerSpec? common = checkers.Check(submitted.Checker, "checker");
        TestSuite suite = new()
        {
            Tests = [.. tests.Select((test, index) => CheckTest(test, index, $"tests[{index}]", data, checkers, interactor))],
            Groups = groups,
            Checker = Behind(interactor, common, "checker") ?? (interactor is null ? CheckerSpec.Default : new CheckerSpec.Interactor(interactor)),
            Parallel = submitted.Parallel ?? true,
            InputFile = CheckFile(submitted.InputFile, "inputFile", interactor),
            OutputFile = CheckFile(submitted.OutputFile, "outputFile", interactor),
            StopOn = OneOf(submitted.StopOn, Grading.StopOn.Never, "stopOn"),
        };
        RefuseTwice(suite.Tests.Select(test => test.Id), "tests", "test");
        data.CheckTotal();
        GroupRules.CheckDependencies(groups, mistakes);
        for (int i = 0; i < suite.Tests.Count; i++)
        {
            checkers.CheckExpected(suite.CheckerOf(suite.Tests[i]), suite.Tests[i], $"tests[{i}]", submitted.AnswersAreMade);
        }

        return suite;
    }

    /// <summary>Where an interactor speaks with the program, a checker looks at what that one wrote.</summary>
    private CheckerSpec? Behind(JudgeProgram? interactor, CheckerSpec? checker, string at)
    {
        if (interactor is null || checker is null)
        {
            return checker;
        }

        if (checker is CheckerSpec.Interactor)
        {
            mistakes.Add(at, "There is an 'interactor' already: send one of the two.");
        }

        return new CheckerSpec.Interactor(interactor, checker);
    }

    private GradedTest CheckTest(SubmittedTest test, int index, string at, TestDataRules data, CheckerRules checkers, JudgeProgram? interactor)
    {
        string id = test.Id ?? $"{index + 1}";
        CheckId(id, at + ".id");
        CheckName(test.Name, at + ".name");
        if (test.Group is not null)
        {
            CheckId(test.Group, at + ".group");
        }

        ProcessRules.CheckArguments(test.Args, at + ".args", ceilings, mistakes);
        if (test.RequirementIds?.Count > MostRequirements || test.RequirementIds?.Any(one => one.Length is 0 or > LongestName) == true)
        {
            mistakes.Add(at + ".requirementIds", $"There may be {MostRequirements} at most, each of 1 to {LongestName} characters.");
        }

        if (test.Generate is not null && test.Stdin is not null)
        {
            mistakes.Add(at + ".generate", "The test has a stdin: send one of the two.");
        }

        return new GradedTest
        {
            Id = id,
            Name = test.Name,
            Stdin = data.Check(test.Stdin, at + ".stdin") ?? TestData.Empty,
            Generate = test.Generate is { } recipe ? new TestRecipe(recipe.Generator ?? "", recipe.Args ?? [], recipe.Seed, recipe.File) : null,
            Args = test.Args ?? [],
            Files = data.CheckFiles(test.Files ?? [], at + ".files", ceilings),
            Expected = data.Check(test.Expected, at + ".expected"),
            Checker = Behind(interactor, checkers.Check(test.Checker, at + ".checker"), at + ".checker"),
            Limits = CheckLimits(test.Limits, at + ".limits"),
            Points = CheckPoints(test.Points, at + ".points") ?? 1,
            Group = test.Group,
            Hidden = test.Hidden ?? false,
            RequirementIds = test.RequirementIds ?? [],
        };
    }

    private string? CheckFile(string? path, string field, JudgeProgram? interactor)
    {
        if (path is not null && (FilePaths.FindMistake(path) ?? (path.IndexOfAny(['*', '?', '[', '{']) < 0 ? null : "Must be the name of one file.")) is { } mistake)
        {
            mistakes.Add(field, mistake);
        }
        else if (path is not null && interactor is not null)
        {
            mistakes.Add(field, "A program that an interactor speaks with reads its stdin and writes its stdout.");
        }

        return path;
    }

    private SubmittedLimits? CheckLimits(SubmittedLimits? limits, string field)
    {
        if (limits is not null)
        {
            LimitRules.Check(limits, LimitRules.AnyDefaults, field, ceilings, mistakes);
        }

        return limits;
    }

    private TestGroup[] CheckGroups(IReadOnlyList<SubmittedGroup> groups)
    {
        if (groups.Count > MostGroups)
        {
            mistakes.Add("groups", $"There may be {MostGroups} groups at most; these are {groups.Count}.");
            return [];
        }

        TestGroup[] all = [.. groups.Select((group, index) => CheckGroup(group, $"groups[{index}]"))];
        return RefuseTwice(all.Select(group => group.Id), "groups", "group") ? [] : all;
    }

    private TestGroup CheckGroup(SubmittedGroup group, string at)
    {
        CheckId(group.Id ?? "", at + ".id");
        CheckName(group.Name, at + ".name");
        return new TestGroup
        {
            Id = group.Id ?? "",
            Name = group.Name,
            Points = CheckPoints(group.Points, at + ".points"),
            Scoring = OneOf(group.Scoring, GroupScoring.Sum, at + ".scoring"),
            DependsOn = group.DependsOn ?? [],
        };
    }

    // Ids stand in names of files, in tables and in addresses.
    private void CheckId(string id, string field)
    {
        if (id.Length is 0 or > LongestId || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/'))
        {
            mistakes.Add(field, $"Must be 1 to {LongestId} letters, digits, '-', '_', '.' or '/'.");
        }
    }

    private void CheckName(string? name, string field)
    {
        if (name is not null && (name.Length > LongestName || name.Any(char.IsControl) || Texts.ToBytes(name) is null))
        {
            mistakes.Add(field, $"May have {LongestName} characters at most, and no control characters.");
        }
    }

    private decimal? CheckPoints(decimal? points, string field)
    {
        if (points is < 0 or > MostPoints)
        {
            mistakes.Add(field, $"Must be from 0 to {MostPoints}.");
            return 0;
        }

        return points;
    }

    private bool RefuseTwice(IEnumerable<string> ids, string field, string what)
    {
        string? twice = ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)?.Key;
        if (twice is not null)
        {
            mistakes.Add(field, $"There are two of the {what} {Texts.Quote(twice)}.");
        }

        return twice is not null;
    }

    private T OneOf<T>(string? text, T otherwise, string field)
        where T : struct, Enum
    {
        if (text is null)
        {
            return otherwise;
        }

        string[] names = [.. Enum.GetValues<T>().Select(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()))];
        int found = Array.IndexOf(names, text);
        if (found < 0)
        {
            mistakes.Add(field, $"Must be one of {string.Join(", ", names)}.");
            return otherwise;
        }

        return Enum.GetValues<T>()[found];
    }
}
