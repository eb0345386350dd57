using CodeExec.Api.Requests;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Api.Executions;

/// <summary>Tests in a body: their shape only. What they may say is for the validators.</summary>
internal static class SuiteReader
{
    internal static readonly HashSet<string> TestMembers =
    [
        "id", "name", "description", "stdin", "input", "args", "files", "expected", "expectedOutput", "encoding", "checker", "limits", "points", "group", "hidden", "requirementIds",
    ];

    private static readonly HashSet<string> RecipeMembers = ["generator", "args", "seed", "file"];

    private static readonly HashSet<string> GroupMembers = ["id", "name", "points", "scoring", "dependsOn"];

    internal static readonly HashSet<string> ProgramMembers = ["language", "version", "code", "files", "entry", "limits", "compileArgs", "args", "protocol"];

    private static readonly HashSet<string> CheckerMembers = ["type", "absolute", "relative", "pattern", "ignoreCase", .. ProgramMembers];

    /// <summary>Of a body that may have tests.</summary>
    public static HashSet<string> Members { get; } = ["tests", "groups", "checker", "interactor", "stopOn", "parallel", "inputFile", "outputFile"];

    public static bool Has(JsonFields fields) => Members.Any(fields.Has);

    public static SubmittedSuite Read(JsonFields fields) => Read(fields, fields.Objects("tests", TestMembers));

    public static SubmittedSuite Read(JsonFields fields, IReadOnlyList<JsonFields>? tests) => new()
    {
        Tests = tests?.Select(Test).ToList(),
        Groups = fields.Objects("groups", GroupMembers)?.Select(Group).ToList(),
        Checker = Checker(fields),
        Interactor = fields.Object("interactor", ProgramMembers) is { } interactor ? Program(interactor) : null,
        StopOn = fields.Text("stopOn"),
        Parallel = fields.Flag("parallel"),
        InputFile = fields.Text("inputFile"),
        OutputFile = fields.Text("outputFile"),
    };

    public static SubmittedTest Test(JsonFields test)
    {
        string? encoding = test.Text("encoding");
        return new SubmittedTest
        {
            Id = test.Text("id"),
            Name = test.TextOf("name", "description"),
            Stdin = test.TextOf("stdin", "input") is { } stdin ? new(stdin, encoding) : null,
            Args = test.TextList("args"),
            Files = SubmissionReader.Files(test, "files"),
            Expected = test.TextOf("expected", "expectedOutput") is { } expected ? new(expected, encoding) : null,
            Generate = test.Object("generate", RecipeMembers) is { } recipe ? new(recipe.Text("generator"), recipe.TextList("args"), recipe.TextOrNumber("seed"), recipe.Text("file")) : null,
            Checker = Checker(test),
            Limits = SubmissionReader.Limits(test, "limits"),
            Points = test.Decimal("points"),
            Group = test.Text("group"),
            Hidden = test.Flag("hidden"),
            RequirementIds = test.TextList("requirementIds"),
        };
    }

    private static SubmittedGroup Group(JsonFields group) => new()
    {
        Id = group.Text("id"),
        Name = group.Text("name"),
        Points = group.Decimal("points"),
        Scoring = group.Text("scoring"),
        DependsOn = group.TextList("dependsOn"),
    };

    /// <summary>"tokens", or an object.</summary>
    public static SubmittedChecker? Checker(JsonFields fields)
    {
        if (fields.IsText("checker"))
        {
            return new SubmittedChecker { Type = fields.Text("checker") };
        }

        return fields.Object("checker", CheckerMembers) is not { } checker ? null : new SubmittedChecker
        {
            Type = checker.Text("type"),
            Absolute = checker.Number("absolute"),
            Relative = checker.Number("relative"),
            Pattern = checker.Text("pattern"),
            IgnoreCase = checker.Flag("ignoreCase"),
            Program = ProgramMembers.Any(checker.Has) ? Program(checker) : null,
        };
    }

    internal static SubmittedProgram Program(JsonFields program) => new()
    {
        Language = program.Text("language"),
        Version = program.Text("version"),
        Code = program.Text("code"),
        Files = SubmissionReader.Files(program, "files"),
        Entry = program.Text("entry"),
        Limits = SubmissionReader.Limits(program, "limits"),
        CompileArgs = program.TextList("compileArgs"),
        Args = program.TextList("args"),
        Protocol = program.Text("protocol"),
    };
}
