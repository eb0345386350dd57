using System.Text;
using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Displays;

public sealed class DisplayTests : IDisposable
{
    private readonly string _shared = Directory.CreateTempSubdirectory("codeexec-displays-").FullName;

    private string Folder => $"{_shared}/display";

    [Fact]
    public async Task Displays_FilesOfAProgram_AreSentInTheOrderTheyCameToBe()
    {
        JobResult result = await RunAsync("printf 2 > b.txt; printf 1 > a.txt; printf 3 > .hidden; sleep 0.02; printf 22 > b.txt; sleep 0.02; mv .hidden c");

        Assert.Equal(["a.txt", "b.txt", "c"], result.Of<FileEvent>().Select(file => file.Path));
        Assert.Equal(("1", "22", "3"), (result.FileText("a.txt"), result.FileText("b.txt"), result.FileText("c")));
        Assert.All(result.Of<FileEvent>(), file => Assert.Equal(FilePurpose.Display, file.Purpose));
    }

    [Fact]
    public async Task Displays_OfAProgramThatFailed_AreSentBeforeItsStepEnds()
    {
        JobResult result = await RunAsync("echo so far > a; kill -9 $$");

        Assert.True(Assert.Single(result.Of<FileEvent>()).Sequence < Assert.Single(result.Of<StepEndedEvent>()).Sequence);
    }

    [Fact]
    public async Task Displays_WhileAProgramRuns_ComeWhenCompleteAndAgainWhenChanged()
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        await session.SendAsync(JobOf("echo first > a; while [ ! -e ../go ]; do sleep 0.05; done; echo second > a; sleep 0.02; echo other > b"));

        FileEvent first = await session.ReadUntilAsync<FileEvent>();
        await File.WriteAllTextAsync($"{_shared}/go", "");
        JobResult result = await session.FinishAsync();

        Assert.Equal("first\n", Encoding.UTF8.GetString(first.Data));
        Assert.Equal(["a: first\n", "a: second\n", "b: other\n"], result.Of<FileEvent>().Select(file => $"{file.Path}: {Encoding.UTF8.GetString(file.Data)}"));
    }

    [SkippableFact]
    public async Task Displays_ThatAreNoRegularFiles_AreRefusedWithAReason()
    {
        const string Script = """
            import os, socket
            os.chdir('/dev/shm/display')
            os.symlink('/etc/passwd', 'link'); os.symlink('/proc/self', 'proc'); os.mkfifo('fifo'); os.mkdir('folder'); open('folder/in', 'w').write('x')
            socket.socket(socket.AF_UNIX).bind('socket'); open(b'\xff', 'w').close()
            open('closed', 'w').write('x'); os.chmod('closed', 0)
            open('line\nend\x1b', 'w').write('fine')
            """;

        JobResult result = await RunnerSession.RunAsync(Place.Jail, TestJobs.Python(Script).ToJob() with { Displays = new(JobDisplays.UsualFolder, 50, 1000, 10_000) });

        Assert.Equal("line\nend\u001b", Assert.Single(result.Of<FileEvent>()).Path);
        Assert.Equal(["closed", "fifo", "folder", "link", "proc", "socket", "\ufffd"], result.Of<FileRefusedEvent>().Select(file => file.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Displays_BeyondTheirLimits_AreCutAndSaid()
    {
        JobResult result = await RunAsync("printf 12345 > a; sleep 0.01; head -c 101 /dev/zero > b; sleep 0.01; printf 1 > c; sleep 0.01; printf 1 > d; sleep 0.01; printf 1 > e", new("", 3, 100, 1000));

        Assert.Equal(["a", "c", "d"], result.Of<FileEvent>().Select(file => file.Path));
        Assert.Equal(["b", "e"], result.Of<FileRefusedEvent>().Select(file => file.Path));
    }

    [Fact]
    public async Task Displays_BytesOfAllTogether_AreBounded()
    {
        JobResult result = await RunAsync("head -c 100 /dev/zero > a; sleep 0.01; head -c 100 /dev/zero > b; sleep 0.01; head -c 50 /dev/zero > c", new("", 10, 100, 150));

        Assert.Equal(["a", "c"], result.Of<FileEvent>().Select(file => file.Path));
        Assert.Contains("50 are left", Assert.Single(result.Of<FileRefusedEvent>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Displays_ThousandsOfFiles_MakeFewEvents()
    {
        JobResult result = await RunAsync("i=0; while [ $i -lt 3000 ]; do : > f$i; i=$((i+1)); done");

        Assert.Equal(5, result.Of<FileEvent>().Count);
        Assert.InRange(result.Of<FileRefusedEvent>().Count, 1, 20);
    }

    [Fact]
    public async Task Displays_FolderSwappedForALink_IsNotFollowed()
    {
        JobResult result = await RunAsync($"cd /; rmdir {Folder}; ln -s /etc {Folder}");

        Assert.Empty(result.Of<FileEvent>());
        Assert.Equal(0, result.Case.ExitCode);
    }

    [Fact]
    public async Task Displays_FilesThatChangeAllTheTime_EndWithTheirProgram()
    {
        JobResult result = await RunAsync("end=$(($(date +%s)+2)); i=0; while [ $(date +%s) -lt $end ]; do i=$((i+1)); echo $i > a; : > b; echo $i > b; rm -f c; echo $i > c; mv c d; done");

        Assert.Equal(0, result.Case.ExitCode);
        Assert.Equal(["a", "b", "d"], result.Of<FileEvent>().Select(file => file.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.IsType<JobEndedEvent>(result.Events[^1]);
    }

    [Fact]
    public async Task Displays_FolderThatCanNotBeMade_IsSaidAndTheProgramRuns()
    {
        Job job = JobOf("echo runs") with { Displays = new("/proc/none/display", 5, 1000, 1000) };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, job with { Steps = [job.Steps[0] with { Command = ["echo", "runs"] }] });

        Assert.Equal("runs\n", result.Stdout);
        Assert.Single(result.Of<FileRefusedEvent>(), refused => refused.Purpose == FilePurpose.Display);
    }

    [Fact]
    public async Task Displays_NoneAllowed_TheFolderIsThereAndNothingIsSent()
    {
        JobResult result = await RunAsync("echo x > a && ln -s a b && echo written", new("", 0, 0, 0));

        Assert.Equal("written\n", result.Stdout);
        Assert.DoesNotContain(result.Events, sent => sent is FileEvent or FileRefusedEvent);
    }

    [Fact]
    public async Task Displays_FolderBetweenCases_IsPutBackEmpty()
    {
        JobStep step = TestJobs.Shell($"cd {Folder} && ls && echo x > a").WithCases(3) with { RestoreWorkspace = true };
        using RunnerSession session = RunnerSession.Start(Place.Plain, "--tmp", _shared);
        await session.SendAsync(step.ToJob() with { Displays = new(Folder, 0, 0, 0) });

        JobResult result = await session.FinishAsync();

        Assert.Equal([0, 0, 0], result.Cases.Select(ended => ended.ExitCode));
        Assert.Equal("", result.Stdout);
    }

    [Fact]
    public async Task Displays_OfAJobThatWantsNone_AreNotLookedFor()
    {
        Job job = JobOf("echo x > a") with { Displays = null };
        Directory.CreateDirectory(Folder);

        Assert.Empty((await RunnerSession.RunAsync(Place.Plain, job)).Of<FileEvent>());
    }

    public void Dispose() => Directory.Delete(_shared, recursive: true);

    private Task<JobResult> RunAsync(string script, JobDisplays? displays = null) => RunnerSession.RunAsync(Place.Plain, JobOf(script, displays));

    private Job JobOf(string script, JobDisplays? displays = null)
        => TestJobs.Shell($"cd {Folder}; {script}").ToJob() with { Displays = (displays ?? new("", 5, 100_000, 1_000_000)) with { Folder = Folder } };
}
