using CodeExec.Linux;
using CodeExec.Runner.Limits;

namespace CodeExec.Runner.Tests.Limits;

public sealed class CgroupCountersTests
{
    [Fact]
    public void Counters_OfVersion1_AreRead()
    {
        CgroupCounters counters = Open("v1", peak: "1234567\n", oom: "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n", cpu: "1500000000\n", processes: "max 7\n");

        Assert.Equal((3L, TimeSpan.FromSeconds(1.5), 7L, 1_234_567L), (counters.OomKills(), counters.Cpu(), counters.RefusedForks(), counters.PeakBytes()));
    }

    [Fact]
    public void Counters_OfVersion2_AreRead()
    {
        CgroupCounters counters = Open("v2", peak: "99\n", oom: "low 0\nhigh 0\nmax 5\noom 2\noom_kill 4\noom_group_kill 0\n", cpu: "usage_usec 2500\nuser_usec 1\n", processes: "max 0\n");

        Assert.Equal((4L, TimeSpan.FromMilliseconds(2.5), 0L, 99L), (counters.OomKills(), counters.Cpu(), counters.RefusedForks(), counters.PeakBytes()));
    }

    [Fact]
    public void Counters_NotHandedIn_AreKnownToBeMissing()
    {
        CgroupCounters counters = new(CgroupDescriptors.Parse("v2:"));

        Assert.False(counters.KnowsCpu || counters.KnowsOom || counters.KnowsProcesses || counters.KnowsUsage);
        Assert.False(counters.TryResetPeak());
    }

    [Theory]
    [InlineData("285212672\n", true)]
    [InlineData("1073741824\n", false)]
    [InlineData("max\n", false)]
    public void HoldsMemoryTo_LimitIsNotOursToWrite_TellsWhetherTheContainersOwnDoes(string limit, bool held)
    {
        using TemporaryCgroup cgroup = new(memoryLimit: limit);

        Assert.Equal(held, new CgroupCounters(cgroup.OpenMounted()).HoldsMemoryTo(256L << 20));
    }

    [Fact]
    public void OpenMounted_OfTheContainersOwnCgroup_ReadsItsCounters()
    {
        using TemporaryCgroup cgroup = new(memoryLimit: "max\n");

        CgroupCounters counters = new(cgroup.OpenMounted());

        Assert.Equal((4L, TimeSpan.FromMilliseconds(2.5), 99L, 55L), (counters.OomKills(), counters.Cpu(), counters.PeakBytes(), counters.UsedBytes()));
        Assert.False(counters.TryResetPeak());
    }

    [Fact]
    public void CachedBytes_IsWhatIsKeptOfFilesOnDisk()
    {
        using TemporaryCgroup cgroup = new(memoryLimit: "max\n");

        Assert.Equal(7000, new CgroupCounters(cgroup.OpenMounted()).CachedBytes());
    }

    [Theory]
    [InlineData("v3:cpu=4")]
    [InlineData("v1:cpu")]
    [InlineData("v1:cpu=x")]
    [InlineData("v1:colour=4")]
    [InlineData("")]
    public void Parse_WrongText_SaysSo(string text) => Assert.Throws<OptionsException>(() => CgroupDescriptors.Parse(text));

    private static CgroupCounters Open(string version, string peak, string oom, string cpu, string processes) => new(CgroupDescriptors.Parse(
        $"{version}:mem_peak={File(peak)},oom={File(oom)},cpu={File(cpu)},pids_events={File(processes)}"));

    /// <summary>The counters take the descriptor over.</summary>
    private static int File(string content)
    {
        FileDescriptor file = FileDescriptor.CreateInMemory();
        file.WriteAll(System.Text.Encoding.ASCII.GetBytes(content));
        return file.Detach();
    }
}
