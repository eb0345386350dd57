using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Workspaces;

public sealed class WorkspaceFilesTests
{
    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Files_AreThereWithTheirModes(Place place)
    {
        Job job = TestJobs.Shell("cat a.txt deep/er/b.txt; ./deep/run; stat -c '%a %n' a.txt deep/run deep").ToJob(
            TestJobs.File("a.txt", "A"), TestJobs.File("deep/er/b.txt", "B"), TestJobs.File("deep/run", "#!/bin/sh\necho ran", executable: true), TestJobs.File("ü/日本", ""));

        JobResult result = await RunnerSession.RunAsync(place, job);

        Assert.Equal("ABran\n644 a.txt\n755 deep/run\n755 deep\n", result.Stdout);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("nul\0byte")]
    public async Task Files_PathThatIsNoneOfTheWorkspace_IsRefusedBeforeAnythingRuns(string path)
    {
        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Step("echo", "ran").ToJob(TestJobs.File(path, "x")));

        Assert.Contains("relative to the workspace", Assert.Single(result.Of<FaultEvent>()).Message, StringComparison.Ordinal);
        Assert.Equal(("", 2), (result.Stdout, result.ExitCode));
    }

    [Fact]
    public async Task Files_NameOf256Bytes_IsRefused()
    {
        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Step("echo", "ran").ToJob(TestJobs.File(new string('ü', 128), "x")));

        Assert.Single(result.Of<FaultEvent>());
    }

    [Fact]
    public async Task Files_FileAndFolderOfOneName_AreRefused()
    {
        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Step("echo", "ran").ToJob(TestJobs.File("a", "x"), TestJobs.File("a/b", "x")));

        Assert.Contains("clashes", Assert.Single(result.Of<FaultEvent>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_LinkInAUsedWorkspace_IsNotFollowed()
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        string outside = Directory.CreateTempSubdirectory("codeexec-outside-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(session.Workspace, "link"), outside);
        File.CreateSymbolicLink(Path.Combine(session.Workspace, "file"), Path.Combine(outside, "target"));

        await session.SendAsync(TestJobs.Step("echo", "ran").ToJob(TestJobs.File("link/x", "x"), TestJobs.File("file", "x")));
        JobResult result = await session.FinishAsync();

        Assert.Empty(Directory.GetFileSystemEntries(outside));
        Directory.Delete(outside);
        Assert.Single(result.Of<FaultEvent>());
    }
}
