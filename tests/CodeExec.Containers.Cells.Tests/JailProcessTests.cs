using CodeExec.Containers.Cells.Launching;
using CodeExec.Linux;

namespace CodeExec.Containers.Cells.Tests;

public sealed class JailProcessTests
{
    /// <summary>Found on a host without cgroups: a jail removed while it started left a process that waited for its killed parent for ever.</summary>
    [Fact]
    public async Task Kill_ParentWhoseChildDoesNotEndWithIt_EndsBoth()
    {
        using Pipe output = Pipe.Create();
        using Pipe complaints = Pipe.Create();
        int pid = PosixSpawn.Start(new SpawnRequest
        {
            Path = "/bin/sh",
            Arguments = ["sh", "-c", "sleep 600 & echo $!; wait"],
            Environment = ["PATH=/usr/bin:/bin"],
            Descriptors = [(1, output.WriteEnd)],
        });
        byte[] text = new byte[32];
        int length = output.ReadEnd.Read(text);
        int child = int.Parse(System.Text.Encoding.ASCII.GetString(text, 0, length).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        using PidFd childHandle = PidFd.Open(child)!;
        await using JailProcess jail = new(pid, PidFd.Open(pid), complaints.ReadEnd.Duplicate(), isChild: true);

        jail.Kill();
        jail.Reap();

        Assert.True(childHandle.WaitForExit(TimeSpan.FromSeconds(10)));
    }
}
