using System.Security.Cryptography;
using System.Text;
using CodeExec.Bench.Server;

namespace CodeExec.Bench.Scenarios.Soak;

/// <summary>What a server holds of its machine at one moment.</summary>
/// <param name="Mounts">In the server's own view: those of cells are in theirs, and must stay there.</param>
internal sealed record SoakMark(long ResidentBytes, int Descriptors, int Threads, int Mounts, int Cgroups, int TemporaryFiles, int JailProcesses)
{
    public static SoakMark Of(int process, string dataFolder)
    {
        string host = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataFolder)))[..12];
        string[] cgroups = [$"/sys/fs/cgroup/memory/codeexec/{host}", $"/sys/fs/cgroup/codeexec/{host}"];
        return new SoakMark(
            ProcessMemory.ResidentBytes(process),
            Directory.GetFileSystemEntries($"/proc/{process}/fd").Length,
            Directory.GetDirectories($"/proc/{process}/task").Length,
            File.ReadLines($"/proc/{process}/mountinfo").Count(line => line.Contains(host, StringComparison.Ordinal) || line.Contains(dataFolder, StringComparison.Ordinal)),
            cgroups.Where(Directory.Exists).Sum(folder => Directory.GetDirectories(folder).Length),
            Files($"/run/codeexec/{host}") + Files(Path.Combine(dataFolder, "tmp")),
            Directory.EnumerateDirectories("/proc").Count(folder => IsJailOf(folder, $"/codeexec/{host}/")));
    }

    private static int Files(string folder) => Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Length : 0;

    private static bool IsJailOf(string processFolder, string mark)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(processFolder)[0]) && File.ReadAllText(Path.Combine(processFolder, "cmdline")).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // ended meanwhile
        }
    }
}
