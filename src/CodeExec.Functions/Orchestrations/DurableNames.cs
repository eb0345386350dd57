namespace CodeExec.Functions.Orchestrations;

/// <summary>Names of functions have no dots: "execution.run" is the function "execution-run". Both stand in stored histories; neither ever changes.</summary>
internal static class DurableNames
{
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Replace('.', '-');
    }
}
