using System.Security.Cryptography;
using System.Text;

namespace CodeExec.Server.Tests;

/// <summary>What of a server's cells is on this machine now: cgroups, processes, folders.</summary>
internal static class Leftovers
{
    public static IReadOnlyList<string> Of(ServerProcess server)
    {
        string host = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(server.Data)))[..12];
        string[] roots = [$"/sys/fs/cgroup/memory/codeexec/{host}", $"/sys/fs/cgroup/pids/codeexec/{host}", $"/sys/fs/cgroup/codeexec/{host}"];
        return
        [
            .. roots.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories),
            .. Directory.EnumerateDirectories("/proc").Where(folder => CommandLine(folder).Contains($"/run/codeexec/{host}/", StringComparison.Ordinal)),
        ];
    }

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // no process, or ended meanwhile
        }
    }
}
