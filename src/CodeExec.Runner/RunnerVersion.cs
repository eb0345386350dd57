using CodeExec.Protocol;

namespace CodeExec.Runner;

internal static class RunnerVersion
{
    public const string Text = RunnerRelease.Version;
}
