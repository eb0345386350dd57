using System.Text;
using CodeExec.Runner.Processes;

namespace CodeExec.Runner.Tests.Processes;

public sealed class ProcessStatTests
{
    private const string Rest = " S 7 8 9 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 5 0 12345 1000000 250 18446744073709551615 1 1";

    [Theory]
    [InlineData("sh")]
    [InlineData("a b")]
    [InlineData(") S 1 1 1 (")]
    [InlineData("))))")]
    [InlineData("new\nline")]
    public void Parse_AnyProcessName_FindsTheFields(string name)
    {
        ProcessStat stat = ProcessStat.Parse(42, Encoding.UTF8.GetBytes($"42 ({name}){Rest}\n"));

        Assert.Equal(new ProcessStat(42, 'S', 7, 5, 100, 250), stat);
    }

    [Fact]
    public void Parse_Zombie_IsOne() =>
        Assert.True(ProcessStat.Parse(1, "1 (x) Z 7 8 9 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 0 0 0 0"u8).IsZombie);

    [Fact]
    public void Read_ThisMachine_HasThisProcessAmongOthers()
    {
        using ProcessTable table = new();
        ProcessStat own = table.Find(Environment.ProcessId)!.Value;

        Assert.True(own.Threads > 1 && own.ResidentPages > 1000 && own.Parent > 0);
        Assert.DoesNotContain(table.Read(), process => process.Pid == Environment.ProcessId);
        Assert.Contains(table.Read(), process => process.Pid == 1);
        Assert.InRange(table.ProportionalBytes(Environment.ProcessId)!.Value, 1 << 20, 1L << 32);
        Assert.Null(table.Find(int.MaxValue));
    }
}
