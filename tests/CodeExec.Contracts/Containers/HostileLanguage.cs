namespace CodeExec.Contracts.Containers;

/// <summary>One language's side of the hostile table: a program that has every class but the absent ones, chosen by its first argument.</summary>
/// <param name="Language">By its id.</param>
/// <param name="Files">In the folder Hostile/, and the name each has in the workspace; the first is the entry.</param>
/// <param name="Absent">Classes that make no sense in the language, each with the reason.</param>
/// <param name="Otherwise">Classes that end in another way than the rest, because the runtime notices first.</param>
public sealed record HostileLanguage(string Language, IReadOnlyList<(string File, string Path)> Files, IReadOnlyDictionary<string, string> Absent, IReadOnlyDictionary<string, string> Otherwise)
{
    public IEnumerable<string> Classes => HostilePrograms.All.Where(program => program.WhyOnlyPython is null && !Absent.ContainsKey(program.Name)).Select(program => program.Name);

    public string Expected(HostileProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Otherwise.GetValueOrDefault(program.Name, program.Expected);
    }
}
