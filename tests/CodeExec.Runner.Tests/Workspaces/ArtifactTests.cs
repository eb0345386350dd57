using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Workspaces;

public sealed class ArtifactTests
{
    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Artifacts_ThatMatch_AreSentInOrder(Place place)
    {
        Job job = TestJobs.Shell("mkdir -p out/sub other; echo 1 > out/a.txt; echo 2 > out/sub/b.txt; echo 3 > out/c.bin; echo 4 > other/d.txt; chmod +x out/c.bin; : > out/empty.txt")
            .ToJob() with
        { Artifacts = ["out/**/*.txt", "out/?.bin"] };

        JobResult result = await RunnerSession.RunAsync(place, job);

        Assert.Equal(["out/a.txt", "out/c.bin", "out/empty.txt", "out/sub/b.txt"], result.Of<FileEvent>().Select(file => file.Path));
        Assert.Equal([false, true, false, false], result.Of<FileEvent>().Select(file => file.Executable));
        Assert.Equal(("1\n", "", "2\n"), (result.FileText("out/a.txt"), result.FileText("out/empty.txt"), result.FileText("out/sub/b.txt")));
        Assert.All(result.Of<FileEvent>(), file => Assert.Equal(FilePurpose.Artifact, file.Purpose));
    }

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Collect_OfEachCase_ComesBeforeItsEndAndIsGoneForTheNext(Place place)
    {
        JobStep step = TestJobs.Shell("echo $0 > said/$0.txt; ln -s /etc/passwd said/link.txt; head -c 2000000 /dev/zero > said/large.txt; exit $0") with
        {
            RestoreWorkspace = true,
            ContinueOnFailure = true,
            Cases = [.. Enumerable.Range(0, 3).Select(i => new JobCase { Id = $"{i}", Arguments = [$"{i}"], Collect = ["said/*.txt"] })],
        };

        JobResult result = await RunnerSession.RunAsync(place, step.ToJob(TestJobs.File("said/.keep", "")));

        Assert.Equal(["said/0.txt", "0", "said/1.txt", "1", "said/2.txt", "2"], result.Events.Select(one => (one as FileEvent)?.Path ?? (one as CaseEndedEvent)?.Case).OfType<string>());
        Assert.Equal(["said/large.txt", "said/link.txt"], result.Of<FileRefusedEvent>().Select(file => file.Path).Distinct());
    }

    [Fact]
    public async Task Artifacts_BigFile_ComesInPieces()
    {
        Job job = TestJobs.Shell("seq 200000 > big").ToJob() with { Artifacts = ["big"] };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, job);

        Assert.Equal(string.Concat(Enumerable.Range(1, 200_000).Select(i => $"{i}\n")), result.FileText("big"));
        Assert.All(result.Of<FileEvent>(), file => Assert.InRange(file.Data.Length, 1, 64 * 1024));
        Assert.Single(result.Of<FileEvent>(), file => file.Last);
    }

    [SkippableFact]
    public async Task Artifacts_ThatAreNoRegularFiles_AreRefusedWithAReason()
    {
        const string Script = """
            import os, socket
            os.symlink('/etc/passwd', 'out/link'); os.symlink('.', 'out/loop'); os.symlink('/', 'out/root'); os.symlink('/proc/self', 'out/proc')
            os.mkfifo('out/fifo'); socket.socket(socket.AF_UNIX).bind('out/socket')
            open(b'out/\xff', 'w').close()
            open('out/secret', 'w').write('x'); os.chmod('out/secret', 0)
            os.mkdir('out/closed'); open('out/closed/x', 'w').close(); os.chmod('out/closed', 0)
            open('out/plain', 'w').write('fine'); os.link('out/plain', 'out/twin')
            """;
        Job job = TestJobs.Python(Script).ToJob(TestJobs.File("out/first", "1")) with { Artifacts = ["out/**"] };

        JobResult result = await RunnerSession.RunAsync(Place.Jail, job);

        Assert.Equal(["out/first", "out/plain", "out/twin"], result.Of<FileEvent>().Select(file => file.Path));
        Dictionary<string, string> refused = result.Of<FileRefusedEvent>().ToDictionary(file => file.Path, file => file.Reason);
        Assert.Equal(["out/closed", "out/fifo", "out/link", "out/loop", "out/proc", "out/root", "out/secret", "out/socket", "out/\ufffd"], refused.Keys.Order(StringComparer.Ordinal));
        Assert.All(["out/link", "out/loop", "out/proc", "out/root"], path => Assert.Contains("link", refused[path], StringComparison.Ordinal));
        Assert.Contains("FIFO", refused["out/fifo"], StringComparison.Ordinal);
        Assert.Contains("UTF-8", refused["out/\ufffd"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Artifacts_BeyondTheirLimits_AreRefused()
    {
        Job job = TestJobs.Shell("for i in 1 2 3 4 5; do head -c 1000 /dev/zero > f$i; done; truncate -s 10M f0").ToJob() with { Artifacts = ["*"], ArtifactBytes = 3500, ArtifactCount = 2 };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, job);

        Assert.Equal(["f1", "f2"], result.Of<FileEvent>().Select(file => file.Path));
        Assert.Equal(["f0", "f3"], result.Of<FileRefusedEvent>().Select(file => file.Path));
    }

    [Fact]
    public async Task Artifacts_OfAFailedProgram_AreSentToo()
    {
        Job job = TestJobs.Shell("echo partial > out; exit 1").ToJob() with { Artifacts = ["out"] };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, job);

        Assert.Equal("partial\n", result.FileText("out"));
    }

    [Fact]
    public async Task Artifacts_ManyLinks_MakeFewRefusals()
    {
        Job job = TestJobs.Python("import os\nfor i in range(5000): os.symlink('x', 'l%d' % i)").ToJob() with { Artifacts = ["**"] };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, job);

        Assert.InRange(result.Of<FileRefusedEvent>().Count, 1, 100);
    }

    [Fact]
    public async Task Keep_OfASuccessfulStep_IsSentBeforeTheStepEnds()
    {
        JobStep compile = TestJobs.Shell("printf '#!/bin/sh\\necho compiled' > prog; chmod +x prog") with { Name = "compile", Keep = ["prog"] };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Of([compile, TestJobs.Step("./prog")]));

        FileEvent kept = Assert.Single(result.Of<FileEvent>());
        Assert.Equal(("prog", FilePurpose.Kept, true), (kept.Path, kept.Purpose, kept.Executable));
        Assert.True(kept.Sequence < result.Of<StepEndedEvent>()[0].Sequence);
        Assert.Equal("compiled\n", result.Stdout);
    }

    [Fact]
    public async Task Keep_OfAFailedStep_IsNotSent()
    {
        JobStep compile = TestJobs.Shell("echo x > prog; exit 1") with { Keep = ["prog"] };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, compile.ToJob());

        Assert.Empty(result.Of<FileEvent>());
    }
}
