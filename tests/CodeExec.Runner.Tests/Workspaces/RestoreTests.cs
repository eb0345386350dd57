using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Workspaces;

public sealed class RestoreTests
{
    /// <summary>Prints all there is, then spoils it in every way a test could think of.</summary>
    private const string Vandal = """
        import mmap, os, stat, sys
        def show(root):
            for folder, folders, files in os.walk(root):
                folders.sort()
                for name in sorted(folders + files):
                    path = os.path.join(folder, name)
                    s = os.lstat(path)
                    what = os.readlink(path) if stat.S_ISLNK(s.st_mode) else open(path, 'rb').read()[:40] if stat.S_ISREG(s.st_mode) and s.st_mode & 0o400 else ''
                    print(path, oct(s.st_mode), s.st_size if not stat.S_ISDIR(s.st_mode) else '', what)
        show('.'); show('/tmp'); show('/dev/shm')
        for place in ('/tmp', '/dev/shm', '.'):
            open(place + '/left', 'w').write('behind')
        with open('same-size', 'r+b') as f:  # a tmpfs file keeps its time stamps when memory is written
            m = mmap.mmap(f.fileno(), 0); m[0:1] = b'X'; m.close()
        open('appended', 'a').write('more')
        os.chmod('mode', 0o777)
        os.unlink('removed')
        os.unlink('folder/inner'); os.rename('folder', 'moved'); os.symlink('/etc', 'folder')
        os.unlink('link'); os.symlink('elsewhere', 'link')
        os.unlink('turned'); os.mkdir('turned'); open('turned/x', 'w').close()
        os.mkfifo('fifo')
        for name in (b'\xff\xfe', b'-rf', b'new\nline', b'x' * 255): open(name, 'w').write('odd')
        os.mkdir('locked'); open('locked/in', 'w').close(); os.mkdir('locked/deeper'); open('locked/deeper/in', 'w').close()
        os.chmod('locked/deeper', 0); os.chmod('locked', 0)
        os.makedirs('wide'); [open('wide/%d' % i, 'w').close() for i in range(3000)]
        here = os.open('.', os.O_RDONLY)
        for i in range(3000): os.mkdir('d'); os.chdir('d')
        open('bottom', 'w').write('x'); os.fchdir(here)
        os.link('hard', 'hard-too'); open('hard-too', 'w').write('through the other name')
        os.chmod('.', 0o500)
        """;

    [SkippableFact]
    public async Task RestoreWorkspace_AfterAVandal_EveryCaseFindsTheSame()
    {
        JobStep prepare = TestJobs.Shell("ln -s target link; mkdir -m 0 sealed; mkfifo pipe; umask 0; head -c 300000 /dev/zero > big; echo kept > /tmp/kept; chmod 000 unreadable") with { Name = "prepare" };
        JobStep vandal = TestJobs.Step(TestJobs.SystemPython, "-c", Vandal).WithCases(3) with { RestoreWorkspace = true };
        string[] names = ["same-size", "appended", "mode", "removed", "folder/inner", "turned", "hard", "unreadable"];
        Job job = TestJobs.Of([prepare, vandal], [.. names.Select(name => TestJobs.File(name, $"content of {name}"))]);

        JobResult result = await RunnerSession.RunAsync(Place.Jail, job);

        string[] seen = [.. Enumerable.Range(0, 3).Select(i => result.Text(OutputStream.Stdout, $"{i}"))];
        Assert.Equal(["", "", ""], Enumerable.Range(0, 3).Select(i => result.Text(OutputStream.Stderr, $"{i}")));
        Assert.Contains("./folder/inner 0o100644 23", seen[0], StringComparison.Ordinal);
        Assert.Contains("/tmp/kept", seen[0], StringComparison.Ordinal);
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(seen[0], seen[2]);
    }

    [SkippableFact]
    public async Task RestoreWorkspace_SystemVIpc_IsGone()
    {
        const string Script = """
            import ctypes
            l = ctypes.CDLL(None)
            print(sum(len(open('/proc/sysvipc/' + kind).readlines()) - 1 for kind in ('shm', 'sem', 'msg')))
            if l.shmget(7, 4096, 0o1600) < 0 or l.semget(7, 1, 0o1600) < 0 or l.msgget(7, 0o1600) < 0: raise OSError()
            """;

        JobResult result = await RunnerSession.RunAsync(Place.Jail, (TestJobs.Python(Script).WithCases(3) with { RestoreWorkspace = true }).ToJob());

        Assert.Equal("0\n0\n0\n", result.Stdout);
    }

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task RestoreWorkspace_LastCaseOfTheLastStep_MayLeaveArtifacts(Place place)
    {
        JobStep step = TestJobs.Shell("ls; echo $$ > made").WithCases(2) with { RestoreWorkspace = true };

        JobResult result = await RunnerSession.RunAsync(place, step.ToJob() with { Artifacts = ["made"] });

        Assert.Equal("", result.Stdout);
        Assert.Equal("made", Assert.Single(result.Of<FileEvent>()).Path);
    }

    [Fact]
    public async Task RestoreWorkspace_BeforeAnotherStep_ThatFindsTheWorkspaceAsItWas()
    {
        Job job = TestJobs.Of([TestJobs.Shell("echo x > made") with { RestoreWorkspace = true }, TestJobs.Shell("ls") with { Name = "look" }]);

        JobResult result = await RunnerSession.RunAsync(Place.Plain, job);

        Assert.Equal("", result.Stdout);
    }

    [Fact]
    public async Task RestoreWorkspace_Parallel_RunsOneAfterAnother()
    {
        JobStep step = TestJobs.Shell("ls; echo x > made; sleep 0.05; ls").WithCases(6) with { RestoreWorkspace = true, Parallelism = 6 };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, step.ToJob());

        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal("made\n", result.Text(OutputStream.Stdout, $"{i}")));
    }

    [Fact]
    public async Task NoRestore_CasesShareTheWorkspace()
    {
        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Shell("echo x >> made; wc -l < made").WithCases(3).ToJob());

        Assert.Equal("1\n2\n3\n", result.Stdout);
    }

    [Fact]
    public async Task TemporaryFolders_GivenByOption_ArePutBackToo()
    {
        string folder = Directory.CreateTempSubdirectory("codeexec-tmp-").FullName;
        using RunnerSession session = RunnerSession.Start(Place.Plain, "--tmp", folder);
        await session.SendAsync((TestJobs.Shell($"ls {folder}; echo x > {folder}/left").WithCases(3) with { RestoreWorkspace = true }).ToJob());

        JobResult result = await session.FinishAsync();

        Directory.Delete(folder, recursive: true);
        Assert.Equal(("", 3), (result.Stdout, result.Cases.Count));
    }
}
