using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace CodeExec.Server.Tests;

/// <summary>What of a server's containers the machine's Docker engine has now.</summary>
internal static class DockerContainers
{
    public static async Task<IReadOnlyList<string>> OfAsync(ServerProcess server)
    {
        string host = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(server.Data)))[..12];
        using Process list = Process.Start(new ProcessStartInfo("docker", ["ps", "--all", "--quiet", "--filter", $"label=codeexec.host={host}"]) { RedirectStandardOutput = true })!;
        string ids = await list.StandardOutput.ReadToEndAsync();
        await list.WaitForExitAsync();
        Assert.Equal(0, list.ExitCode);
        return ids.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
