using CodeExec.Protocol;

namespace CodeExec.Runner.Cases;

/// <summary>The command, arguments and environment of one case of a step, put together.</summary>
internal sealed record ProgramSpec(IReadOnlyList<string> Command, IReadOnlyList<string> CaseArguments, IReadOnlyDictionary<string, string> Environment)
{
    public static ProgramSpec Of(JobStep step, JobCase item)
    {
        Dictionary<string, string> environment = new(step.Environment);
        foreach ((string name, string value) in item.Environment)
        {
            environment[name] = value;
        }

        return new ProgramSpec(step.Command, item.Arguments, environment);
    }

    public List<string> AllArguments() => [.. Command, .. CaseArguments];

    public List<string> EnvironmentBlock()
    {
        List<string> block = new(Environment.Count);
        foreach ((string name, string value) in Environment)
        {
            block.Add($"{name}={value}");
        }

        return block;
    }
}
