using System.Globalization;
using System.Text;
using CodeExec.Linux;
using CodeExec.Runner.Cases;

namespace CodeExec.Runner.Limits;

/// <summary>
/// Starts a program that is hard limited before its first instruction: this executable is started in its place, limits itself, and becomes
/// the program. What a process that runs already is limited to, a child that it has forked meanwhile is not.
/// </summary>
internal static class LimitedStart
{
    public const string Option = "--under";

    private const int LimitCount = 4;

    public static SpawnRequest Around(SpawnRequest program, ProgramLimits limits) => program with
    {
        Path = "/proc/self/exe",
        Arguments = ["codeexec-runner", Option, Text(limits.StackBytes), Text(limits.MostStackBytes), Text(limits.FileBytes), Text(limits.OpenFiles), program.Path, .. program.Arguments],
    };

    /// <param name="given">What follows the option. Returns only if there is no such program.</param>
    public static int Run(ReadOnlySpan<string> given)
    {
        string path = given[LimitCount];
        Limit(ResourceLimitKind.FileBytes, Number(given[2]), Number(given[2]));
        Limit(ResourceLimitKind.OpenFiles, Number(given[3]), Number(given[3]));
        Signals.ResetAll();
        string[] arguments = [.. given[(LimitCount + 1)..]];
        Limit(ResourceLimitKind.StackBytes, Number(given[0]), Number(given[1])); // last: this process needs its own until here
        LinuxException failed = CurrentProcess.Become(path, arguments);
        StartFailedException? explained = StartFailedException.Explain(failed, arguments[0]);
        using FileDescriptor standardError = new(2);
        standardError.WriteAll(Encoding.UTF8.GetBytes($"{explained?.Message ?? failed.Message}\n"));
        return explained?.ExitCode ?? ExitCodes.Fault;
    }

    private static void Limit(ResourceLimitKind kind, ulong soft, ulong hard)
    {
        ulong most = Math.Min(hard, ResourceLimit.Get(0, kind).Hard);
        ResourceLimit.Set(0, kind, new ResourceLimit(Math.Min(soft, most), most));
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
