using System.Text;
using CodeExec.Bench.Native;

namespace CodeExec.Bench.Tests.Native;

public sealed class BareCommandTests
{
    [Fact]
    public void Run_APrograms_OutputIsReadToItsEndEachTime()
    {
        using BareCommand command = new("/tmp", "/bin/sh", "-c", "pwd; cat; echo $0 done");

        foreach (int _ in Enumerable.Range(0, 3))
        {
            Assert.Equal("/tmp\n/bin/sh done\n", Encoding.UTF8.GetString(command.Run()));
        }
    }

    [Fact]
    public void Run_ProgramThatFails_IsVoid()
    {
        using BareCommand command = new("/tmp", "/bin/sh", "-c", "exit 3");

        Assert.Throws<BenchFailedException>(() => { command.Run(); });
    }

    [Fact]
    public void Run_NoSuchProgram_SaysSo()
    {
        using BareCommand command = new("/tmp", "/nowhere/program");

        Assert.Contains("No such file", Assert.Throws<BenchFailedException>(() => { command.Run(); }).Message, StringComparison.Ordinal);
    }
}
