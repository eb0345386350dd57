using System.Text;
using System.Text.Json;
using CodeExec.Protocol;
using CodeExec.Runner.Hosting;
using CodeExec.Runner.Jobs;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Jobs;

public sealed class JobReaderTests
{
    private const string Limits = """{"wallMs":1,"cpuMs":2,"memoryBytes":3,"processes":4,"outputBytes":5,"workspaceBytes":6}""";

    [Fact]
    public void Read_EverythingSet_AgreesWithTheSerializer()
    {
        Job job = new()
        {
            Id = "ü\"\\\u0001",
            Files = [new JobFile("a/b", [0, 255, 10], Executable: true), new JobFile("c", [])],
            Artifacts = ["**", "x"],
            ArtifactBytes = 1L << 40,
            ArtifactCount = 7,
            Displays = new JobDisplays("/a/b", 3, 1L << 33, 1L << 34),
            Steps =
            [
                new JobStep
                {
                    Name = "run",
                    Command = ["a", "", "b c"],
                    Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "" },
                    Limits = TestJobs.Limits with { OpenFiles = 9, StackBytes = 1L << 33, FileBytes = 8, Cpus = 0.25, GraceMs = 7 },
                    Parallelism = 3,
                    Warm = true,
                    RestoreWorkspace = true,
                    ContinueOnFailure = true,
                    Keep = ["k"],
                    Cases =
                    [
                        new JobCase { Id = "1", Stdin = [1, 2, 3], Arguments = ["x"], Files = [new JobFile("d/e", [4, 5], Executable: true)], Environment = new Dictionary<string, string> { ["C"] = "3" }, Limits = TestJobs.Limits },
                        new JobCase { Id = "2" },
                    ],
                },
                TestJobs.Step("true") with { Cases = [new JobCase { Id = "", Live = true }] },
                TestJobs.Step("true") with { Cases = [new JobCase { Id = "", Runs = 4 }] },
            ],
        };

        AssertSame(job);
    }

    [Fact]
    public void Read_OnlyWhatIsRequired_HasTheRecordsDefaults()
    {
        byte[] text = Encoding.UTF8.GetBytes($$"""{"id":"x","steps":[{"name":"n","command":["c"],"limits":{{Limits}}}]}""");

        // Not the serializer's reading: generated code gives init-only properties no defaults.
        JobLimits limits = new() { WallMs = 1, CpuMs = 2, MemoryBytes = 3, Processes = 4, OutputBytes = 5, WorkspaceBytes = 6 };
        Job expected = new() { Id = "x", Steps = [new JobStep { Name = "n", Command = ["c"], Limits = limits }] };
        Assert.Equal(JsonSerializer.Serialize(expected, ProtocolJson.Default.Job), JsonSerializer.Serialize(JobReader.Read(text), ProtocolJson.Default.Job));
    }

    [Theory]
    [InlineData("""{"id":"x"}""", "steps")]
    [InlineData("""{"steps":[]}""", "id")]
    [InlineData("""{"id":"x","steps":[],"extra":1}""", "extra")]
    [InlineData("""{"id":"x","steps":[{"name":"n","command":["c"],"limits":LIMITS,"extra":{}}]}""", "extra")]
    [InlineData("""{"id":"x","steps":[{"name":"n","command":["c"],"limits":{"wallMs":1}}]}""", "cpuMs")]
    [InlineData("""{"id":"x","steps":[{"name":"n","limits":LIMITS}]}""", "command")]
    [InlineData("""{"id":"x","steps":[{"name":"n","command":[],"limits":LIMITS}]}""", "no command")]
    [InlineData("""{"id":"x","steps":[{"name":"n","command":["a\u0000b"],"limits":LIMITS}]}""", "zero byte")]
    [InlineData("""{"id":"x","steps":[{"name":"n","command":["a"],"environment":{"A=B":"1"},"limits":LIMITS}]}""", "environment")]
    [InlineData("""{"id":"x","steps":[{"name":"n","command":["a"],"parallelism":0,"limits":LIMITS}]}""", "parallelism")]
    [InlineData("""{"id":"x","steps":[{"name":"n","command":["a"],"cases":[{"id":"1","runs":0}],"limits":LIMITS}]}""", "run once at least")]
    [InlineData("""{"id":"x","steps":[{"name":"n","command":["a"],"parallelism":2,"cases":[{"id":"1","runs":2}],"limits":LIMITS}]}""", "for itself")]
    [InlineData("""{"id":"x","steps":[{"name":"n","command":["a"],"cases":[{"id":"1","runs":2,"live":true}],"limits":LIMITS}]}""", "not live")]
    [InlineData("""{"id":"x","steps":[{"name":"n","command":["a"],"environment":5,"limits":LIMITS}]}""", "object")]
    [InlineData("""{"id":"x","steps":[{"name":"n","command":"a","limits":LIMITS}]}""", "list")]
    [InlineData("""{"id":"x","steps":[5]}""", "object")]
    [InlineData("""{"id":"x","steps":[],"displays":{"folder":"/a/b","count":1,"fileBytes":1}}""", "totalBytes")]
    [InlineData("""{"id":"x","steps":[],"displays":{"folder":"display","count":1,"fileBytes":1,"totalBytes":1}}""", "absolute")]
    [InlineData("""{"id":"x","steps":[],"displays":{"folder":"/a/b","count":-1,"fileBytes":1,"totalBytes":1}}""", "negative")]
    [InlineData("""{"id":"x","steps":{}}""", "list")]
    [InlineData("""{"id":null,"steps":[]}""", "null")]
    [InlineData("""{"id":"x","protocol":2,"steps":[],"newer":true}""", "protocol 2")]
    [InlineData("""{"id":"x","files":[{"path":"a","content":"not base64!"}],"steps":[]}""", "can not be read")]
    [InlineData("""[]""", "object")]
    [InlineData("""{"id":"x","steps":[]""", "can not be read")]
    [InlineData("", "can not be read")]
    public void Read_BrokenJob_SaysWhatIsWrong(string text, string reason)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.Replace("LIMITS", Limits, StringComparison.Ordinal));

        JobFormatException problem = Assert.Throws<JobFormatException>(() => JobReader.Read(bytes));

        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wallMs")]
    [InlineData("cpuMs")]
    [InlineData("memoryBytes")]
    [InlineData("processes")]
    [InlineData("outputBytes")]
    [InlineData("workspaceBytes")]
    public void Read_LimitOfZero_IsRefused(string limit)
    {
        string limits = System.Text.RegularExpressions.Regex.Replace(Limits, $"\"{limit}\":\\d", $"\"{limit}\":0");

        Assert.Throws<JobFormatException>(() => JobReader.Read(Encoding.UTF8.GetBytes($$"""{"id":"x","steps":[{"name":"n","command":["c"],"limits":{{limits}}}]}""")));
    }

    [Fact]
    public void Read_AnyPrefixOfAJob_IsRefusedAndNeverAnythingElse()
    {
        byte[] whole = JsonSerializer.SerializeToUtf8Bytes(TestJobs.Step("a", "b").WithCases(2).ToJob(TestJobs.File("f", "x")), ProtocolJson.Default.Job);

        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Throws<JobFormatException>(() => JobReader.Read(whole.AsSpan(0, length)));
        }
    }

    private static void AssertSame(Job job)
    {
        string text = JsonSerializer.Serialize(job, ProtocolJson.Default.Job);
        Assert.Equal(text, JsonSerializer.Serialize(JobReader.Read(Encoding.UTF8.GetBytes(text)), ProtocolJson.Default.Job));
    }
}
