using System.Text;
using System.Text.Json;
using CodeExec.Contracts.Fuzzing;
using CodeExec.Protocol;
using CodeExec.Runner.Hosting;
using CodeExec.Runner.Jobs;
using CodeExec.Runner.Tests.Driving;
using CodeExec.Runner.Workspaces;

namespace CodeExec.Runner.Tests.Fuzzing;

/// <summary>Whatever comes as a job is read, or refused by name: never a crash, never half of each.</summary>
public sealed class JobFuzzTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private static readonly string[] Good =
    [
        JsonSerializer.Serialize(
            TestJobs.Of(
                [TestJobs.Step("a", "b") with { Name = "compile", Keep = ["**"], Parallelism = 2 }, TestJobs.Step("c").WithStdin("x") with { Warm = true, RestoreWorkspace = true }],
                TestJobs.File("a/b.txt", "text", executable: true),
                TestJobs.File("ü", "")) with
            { Artifacts = ["*.x"] },
            ProtocolJson.Default.Job),
        """{"id":"x","steps":[{"name":"n","command":["c"],"limits":{"wallMs":1,"cpuMs":2,"memoryBytes":3,"processes":4,"outputBytes":5,"workspaceBytes":6}}]}""",
    ];

    [Fact]
    public void Read_DamagedJobs_AreReadOrRefused()
    {
        Mutator mutator = new(1);
        int read = 0;
        for (int i = 0; i < Mutator.Cases; i++)
        {
            byte[] text = mutator.Mutate(Good);
            long begun = TimeProvider.System.GetTimestamp();
            try
            {
                Job job = JobReader.Read(text);
                foreach (JobFile file in job.Files)
                {
                    _ = WorkspacePath.Parse(file.Path);
                }

                read++;
            }
            catch (JobFormatException)
            {
                // Refused, by the one name that the runner tells its host.
            }
            catch (Exception e)
            {
                Assert.Fail($"{Encoding.UTF8.GetString(text)}\n{e}");
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Longest, Encoding.UTF8.GetString(text));
        }

        Assert.InRange(read, Mutator.Cases / 20, Mutator.Cases - (Mutator.Cases / 20)); // both sides are tried
    }

    [Fact]
    public void Parse_DamagedPaths_StayInTheWorkspaceOrAreRefused()
    {
        string[] good = ["a/b/c.txt", "../x", "/etc/passwd", "a//b", "./a", "a/../../b", "ü/\u202e", "-rf", "con"];
        Mutator mutator = new(2);
        for (int i = 0; i < Mutator.Cases; i++)
        {
            string path = Encoding.UTF8.GetString(mutator.Mutate(good));
            try
            {
                byte[][] names = WorkspacePath.Parse(path);
                string joined = Path.GetFullPath(Path.Combine(["/workspace", .. names.Select(Encoding.UTF8.GetString)]));
                Assert.StartsWith("/workspace/", joined, StringComparison.Ordinal);
            }
            catch (JobFormatException)
            {
                // Refused.
            }
        }
    }
}
