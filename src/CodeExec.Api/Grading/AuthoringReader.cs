using CodeExec.Api.Executions;
using CodeExec.Api.Requests;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Api.Grading;

/// <summary>Programs of a problem's author in a body: their shape only.</summary>
internal static class AuthoringReader
{
    /// <summary>Of a body that may have them.</summary>
    public static HashSet<string> Members { get; } = ["validators", "generators", "solutions"];

    private static readonly HashSet<string> ToolMembers = ["name", .. SuiteReader.ProgramMembers];

    private static readonly HashSet<string> SolutionMembers = ["name", "language", "version", "code", "files", "entry", "compileArgs", "expect", "main"];

    /// <returns>Null if there are none.</returns>
    public static SubmittedAuthoring? Read(JsonFields fields) => !Members.Any(fields.Has) ? null : new SubmittedAuthoring
    {
        Validators = Tools(fields, "validators"),
        Generators = Tools(fields, "generators"),
        Solutions = fields.Objects("solutions", SolutionMembers)?.Select(one => new SubmittedSolution(
            one.Text("name"),
            SuiteReader.Program(one),
            one.IsText("expect") ? [one.Text("expect")!] : one.TextList("expect"),
            one.Flag("main") ?? false)).ToList(),
    };

    private static List<SubmittedTool>? Tools(JsonFields fields, string name)
        => fields.Objects(name, ToolMembers)?.Select(one => new SubmittedTool(one.Text("name"), SuiteReader.Program(one))).ToList();
}
