using System.Text;
using CodeExec.Linux;

namespace CodeExec.Runner.Tests.Linux;

public sealed class PosixSpawnTests
{
    [Fact]
    public void Start_Descriptors_AreFoundUnderTheirNumbersAndNoOther()
    {
        using Pipe first = Pipe.Create();
        using Pipe second = Pipe.Create();
        using Pipe output = Pipe.Create();

        // Numbers that collide with the sources' own: each would overwrite another's source if done in order.
        using FileDescriptor nothing = LinuxDirectory.Open("/").Descriptor;
        (int, FileDescriptor)[] descriptors = [(0, nothing), (1, output.WriteEnd), (2, nothing), (first.ReadEnd.Value, second.ReadEnd), (second.ReadEnd.Value, first.ReadEnd)];
        first.WriteEnd.WriteAll("first"u8);
        second.WriteEnd.WriteAll("second"u8);
        first.WriteEnd.Dispose();
        second.WriteEnd.Dispose();
        int pid = Spawn($"cat /proc/self/fd/{second.ReadEnd.Value} /proc/self/fd/{first.ReadEnd.Value}; ls /proc/self/fd | wc -l", descriptors);
        output.WriteEnd.Dispose();

        string text = ReadAll(output.ReadEnd);
        ChildProcesses.WaitAndReap(pid);
        Assert.StartsWith("firstsecond", text, StringComparison.Ordinal);
        Assert.Equal("6\n", text["firstsecond".Length..]); // the standard ones, the two, and that of ls on the folder
    }

    [Fact]
    public void Start_ExitAndSignal_AreReaped()
    {
        ProcessExit exited = ChildProcesses.WaitAndReap(Spawn("exit 7", []))!;
        ProcessExit killed = ChildProcesses.WaitAndReap(Spawn("kill -9 $$", []))!;

        Assert.Equal((7, null), (exited.ExitCode, exited.Signal));
        Assert.Equal((null, 9), (killed.ExitCode, killed.Signal));
        Assert.True(exited.PeakBytes > 0);
        Assert.Null(ChildProcesses.TryReap(exited.Pid));
    }

    [Fact]
    public void Start_NoSuchProgram_NamesTheExecAndItsError()
    {
        LinuxException error = Assert.Throws<LinuxException>(() => PosixSpawn.Start(new SpawnRequest { Path = "/no/such", Arguments = ["x"] }));

        Assert.Equal(("exec", Errno.NotFound), (error.Call, error.Errno));
    }

    [Fact]
    public void PidFd_OfAChild_SignalsAndAwaitsIt()
    {
        int pid = Spawn("sleep 60", []);
        using PidFd process = PidFd.Open(pid)!;

        Assert.False(process.WaitForExit(TimeSpan.Zero));
        Assert.True(process.Send(SignalNumber.Kill));
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(9, ChildProcesses.TryReap(pid)!.Signal);
        Assert.False(process.Send(SignalNumber.Kill));
        Assert.Null(PidFd.Open(pid));
    }

    private static int Spawn(string script, (int, FileDescriptor)[] descriptors) => PosixSpawn.Start(new SpawnRequest
    {
        Path = "/bin/sh",
        Arguments = ["sh", "-c", script],
        Environment = ["PATH=/usr/bin:/bin"],
        Descriptors = descriptors,
    });

    private static string ReadAll(FileDescriptor pipe)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[1000];
        int read;
        while ((read = pipe.Read(buffer)) > 0)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }
}
