namespace CodeExec.Runner;

internal static class RunnerVersion
{
    public const string Text = "0.1.0";
}
