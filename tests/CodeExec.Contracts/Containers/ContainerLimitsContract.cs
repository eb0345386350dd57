using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Contracts.Containers;

/// <summary>Below a limit nothing is refused, above it nothing passes, every time; and what comes out is exactly what was written.</summary>
public abstract class ContainerLimitsContract
{
    private const int Times = 20;

    private static readonly JobLimits Limits = new()
    {
        WallMs = 3000,
        CpuMs = 400,
        MemoryBytes = 64L << 20,
        Processes = 20,
        OutputBytes = 100_000,
        WorkspaceBytes = 32L << 20,
    };

    private static readonly JobLimits Roomy = Limits with { WallMs = 30_000, CpuMs = 30_000 };

    protected abstract IContainerProvider Provider { get; }

    /// <summary>Why this machine can not run these tests; null if it can.</summary>
    protected abstract string? Obstacle { get; }

    protected abstract ContainerSpec Spec { get; }

    public static TheoryData<string, LimitKind> Kinds => new()
    {
        // Grows until it has so many percent of the limit resident, interpreter included.
        { "want = 64 * p // 100 << 20\na = []\nwhile int(open('/proc/self/statm').read().split()[1]) * 4096 < want: a.append(b'x' * (1 << 18))", LimitKind.Memory },
        { "import time\nwhile time.process_time() < 0.4 * p / 100: pass", LimitKind.CpuTime },
        // On a busy machine it is long in starting: below the limit, that is a part of its time.
        { "import time\nage = time.clock_gettime(time.CLOCK_BOOTTIME) - int(open('/proc/self/stat').read().rsplit(')', 1)[1].split()[19]) / 100\ntime.sleep(max(0, 3 * p / 100 - (age if p < 100 else 0)))", LimitKind.WallTime },
        { "import os\nfor stream in (2, 1):\n    left = 1000 * p if stream == 1 else 10\n    while left: left -= os.write(stream, b'x' * min(left, 4096))", LimitKind.Output },
        { "import os, time\nfor i in range(20 * p // 100 - 1):\n    if os.fork() == 0: time.sleep(0.5); os._exit(0)", LimitKind.Processes },
        { "for i in range(32 * p // 100):\n    with open(str(i), 'wb') as f: f.write(bytes(1 << 20))", LimitKind.Workspace },
    };

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public async Task RunAsync_AtSixtyPercentOfALimit_NeverFails(string code, LimitKind kind)
    {
        JobResult result = await RunAsync(code, kind, 60);

        Assert.Equal(Enumerable.Repeat("exit 0", Times), result.Cases.Select(HostileProgram.Verdict));
    }

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public async Task RunAsync_AtOneHundredAndFiftyPercentOfALimit_AlwaysFailsForIt(string code, LimitKind kind)
    {
        JobResult result = await RunAsync(code, kind, 150);

        Assert.Equal(Enumerable.Repeat($"limit {kind}", Times), result.Cases.Select(HostileProgram.Verdict));
        if (kind == LimitKind.CpuTime)
        {
            Assert.All(result.Cases, ended => Assert.True(ended.CpuMs >= Limits.CpuMs, $"{ended.CpuMs} ms"));
        }

        if (kind == LimitKind.Output)
        {
            Assert.All(result.Cases, ended => Assert.Equal((true, false, 10L), (ended.StdoutTruncated, ended.StderrTruncated, ended.StderrBytes)));
            Assert.All(result.Cases, ended => Assert.Equal(Limits.OutputBytes, result.OutputOf(ended.Case).Length));
            Assert.All(result.Cases, ended => Assert.InRange(ended.StdoutBytes, Limits.OutputBytes + 1, 150_000));
        }
    }

    [SkippableFact]
    public async Task RunAsync_EveryByteValueAndAMegabyteOfChance_ComesBackExactlyAndInOrder()
    {
        const string Code = """
            import os, random, sys
            r = random.Random(20261121)
            parts = {1: bytes(range(256)) + r.randbytes(1 << 20), 2: r.randbytes(1 << 20) + bytes(range(255, -1, -1))}
            at = {1: 0, 2: 0}
            while at[1] < len(parts[1]) or at[2] < len(parts[2]):
                s = r.choice((1, 2)); n = r.choice((1, 7, 4096, 65537))
                at[s] += os.write(s, parts[s][at[s]:at[s] + n])
            import hashlib
            os.write(1, hashlib.sha256(parts[1]).hexdigest().encode())
            os.write(2, hashlib.sha256(parts[2]).hexdigest().encode())
            """;
        JobLimits limits = ContainerHarness.Limits with { OutputBytes = 2 << 20 };

        JobResult result = await RunAsync(ContainerHarness.Python(Code, limits));

        foreach (OutputStream stream in (OutputStream[])[OutputStream.Stdout, OutputStream.Stderr])
        {
            byte[] all = [.. result.Events.OfType<OutputEvent>().Where(e => e.Stream == stream).SelectMany(e => e.Data)];
            Assert.Equal((1 << 20) + 256 + 64, all.Length);
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(all.AsSpan(0, all.Length - 64))), Encoding.ASCII.GetString(all.AsSpan(all.Length - 64)));
        }

        Assert.False(result.Case.StdoutTruncated || result.Case.StderrTruncated);
    }

    [SkippableFact]
    public async Task RunAsync_MuchInputThatNobodyReads_IsNoObstacle()
    {
        JobResult closed = await RunAsync(ContainerHarness.Python("import os, sys; os.close(0); os.write(1, b'x' * 200000)", stdin: new string('y', 1 << 20)));
        JobResult unread = await RunAsync(ContainerHarness.Python("import os; os.write(1, b'x' * 200000)", stdin: new string('y', 1 << 20)));
        JobResult echoed = await RunAsync(ContainerHarness.Python("import sys, shutil; shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)", stdin: new string('y', 1 << 20)));

        Assert.Equal(("exit 0", 200_000L), (HostileProgram.Verdict(closed.Case), closed.Case.StdoutBytes));
        Assert.Equal(("exit 0", 200_000L), (HostileProgram.Verdict(unread.Case), unread.Case.StdoutBytes));
        Assert.Equal(("exit 0", 1L << 20), (HostileProgram.Verdict(echoed.Case), echoed.Case.StdoutBytes));
    }

    private Task<JobResult> RunAsync(string code, LimitKind kind, int percent)
    {
        Job job = ContainerHarness.Python("import sys\np = int(sys.argv[1])\n" + code, kind is LimitKind.WallTime or LimitKind.CpuTime ? Limits with { WallMs = kind == LimitKind.WallTime ? Limits.WallMs : Roomy.WallMs } : Roomy);
        JobStep step = job.Steps[0] with
        {
            Cases = [.. Enumerable.Range(0, Times).Select(i => new JobCase { Id = $"{i}", Arguments = [$"{percent}"] })],
            ContinueOnFailure = true,
            RestoreWorkspace = kind == LimitKind.Workspace,

            // Sleeping costs nothing: all at once. What uses something has it for itself.
            Parallelism = kind == LimitKind.WallTime ? Times : 1,
        };
        return RunAsync(job with { Steps = [step with { Limits = kind == LimitKind.WallTime ? step.Limits with { MemoryBytes = 512L << 20 } : step.Limits }] });
    }

    private async Task<JobResult> RunAsync(Job job)
    {
        Skip.If(Obstacle is not null, Obstacle);
        await using IContainer container = await Provider.CreateAsync(Spec, CancellationToken.None);
        job = Spec.Held is null ? job : job with { Steps = [.. job.Steps.Select(step => step with { Warm = true })] };
        return await container.RunAsync(job);
    }
}
