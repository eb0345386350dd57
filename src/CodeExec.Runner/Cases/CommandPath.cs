using System.Text;
using CodeExec.Linux;

namespace CodeExec.Runner.Cases;

/// <summary>Finds a command as a shell would: by the PATH of the program's own environment, relative folders from the workspace.</summary>
internal static class CommandPath
{
    private const int ExecuteByAnyone = 0b001_001_001;
    private const int LongestPath = 4096;

    /// <summary>The path to start; null when no folder of PATH has it.</summary>
    public static string? Find(string command, IReadOnlyDictionary<string, string> environment, LinuxDirectory workspace)
    {
        if (command.Contains('/'))
        {
            return command;
        }

        string? notExecutable = null;
        foreach (string folder in environment.GetValueOrDefault("PATH", "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            string candidate = $"{folder}/{command}";
            byte[] path = Encoding.UTF8.GetBytes(candidate);
            if (path.Length >= LongestPath || !workspace.IsFile(path, out int mode))
            {
                continue;
            }

            if ((mode & ExecuteByAnyone) != 0)
            {
                return candidate;
            }

            notExecutable ??= candidate;
        }

        return notExecutable;
    }
}
