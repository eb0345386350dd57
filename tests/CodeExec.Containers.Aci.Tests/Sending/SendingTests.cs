using System.Text;
using CodeExec.Contracts.Containers;
using CodeExec.Contracts.Time;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Tests.Sending;

/// <summary>Outputs that no log keeps: whole by a link where there can be one, else cut and marked.</summary>
public sealed class SendingTests : IAsyncLifetime
{
    /// <summary>About 10 MB, each line another.</summary>
    private const string Floods = "for i in range(1_200_000): print(i)\nimport sys; print('end', file=sys.stderr)";

    private readonly SendingFixture _azure = new();

    private static byte[] Flooded => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1_200_000).Select(i => $"{i}\n")));

    public Task InitializeAsync() => Task.CompletedTask;

    [SkippableTheory]
    [InlineData(JobDelivery.Exec)]
    [InlineData(JobDelivery.Secret)]
    public async Task RunAsync_TenMegabytesThatNobodyHears_ArriveWholeAndInOrder(JobDelivery delivery)
    {
        await _azure.StartAsync();
        _azure.NobodyHears();

        JobResult result = await SendingFixture.RunAsync(_azure.NewHost(options => options.Delivery = delivery), SendingFixture.Prints(Floods));

        IsWhole(result);
        Assert.Empty(await _azure.SentAsync());
    }

    [SkippableFact]
    public async Task RunAsync_AsMuchAsAnyProgramMayPrintAndNobodyHears_ArrivesWhole()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();
        int most = 0;
        _azure.Arm.Faults.OnEvent += (_, said) => most = said is JobEndedEvent ? (int)_azure.SentAsync().GetAwaiter().GetResult().Sum(blob => blob.SizeBytes) : most;

        JobResult result = await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints("import sys\nfor i in range(64): sys.stdout.write(chr(97 + i % 26) * (1 << 20))"));

        Assert.Equal((0, false), (result.Case.ExitCode, result.Case.StdoutTruncated));
        Assert.True(result.Events.OfType<OutputEvent>().SelectMany(output => output.Data).SequenceEqual(Enumerable.Range(0, 64).SelectMany(i => Enumerable.Repeat((byte)(97 + (i % 26)), 1 << 20))));
        Assert.InRange(most, 64 << 20, 128 << 20);
        Assert.Empty(await _azure.SentAsync());
    }

    [SkippableFact]
    public async Task RunAsync_ConnectionDropsInTheMiddleOfAFlood_GoesOnByNumberWhileItRuns()
    {
        await _azure.StartAsync();
        _azure.Arm.Faults.LogOfRunning = 32 << 10;
        int drops = 0;
        _azure.Arm.Faults.OnEvent = (group, said) =>
        {
            if (said is OutputEvent && said.Sequence % 50 == 0)
            {
                drops++;
                group.Output.DropConnections();
            }
        };

        IsWhole(await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints(Floods)));

        Assert.InRange(drops, 2, 10_000);
    }

    [SkippableFact]
    public async Task FollowAsync_AnotherHostGoesOn_FromWhereTheFirstOneCameTo()
    {
        await _azure.StartAsync();
        _azure.Arm.Faults.LogOfRunning = 32 << 10;
        List<RunnerEvent> seen = [];
        ILastingContainer here = (ILastingContainer)await _azure.NewHost(hostName: "here").CreateAsync(SendingFixture.Networked, CancellationToken.None); // never disposed: that host is no more
        await here.StartAsync(SendingFixture.Prints(Floods), new ContainerLimits(272 << 20, 72, 1), CancellationToken.None);
        await foreach (RunnerEvent said in here.FollowAsync(0, CancellationToken.None))
        {
            seen.Add(said);
            if (seen.Count == 20)
            {
                break;
            }
        }

        await using ILastingContainer found = (await ((ILastingProvider)_azure.NewHost(hostName: "there")).FindAsync(here.Id, SendingFixture.Networked, CancellationToken.None))!;
        await foreach (RunnerEvent said in found.FollowAsync(seen[^1].Sequence, CancellationToken.None))
        {
            seen.Add(said);
        }

        IsWhole(new JobResult(seen));
    }

    [SkippableFact]
    public async Task RunAsync_HoleWouldHaveSwallowedResultsAndFiles_TheyAreReadWhereTheyWereSent()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();
        Job job = SendingFixture.Prints("print('x' * 100_000)\nopen('made', 'w').write('y' * 300_000)") with { Artifacts = ["made"] };
        job = job with { Steps = [job.Steps[0] with { Name = "first" }, job.Steps[0]] };

        JobResult result = await SendingFixture.RunAsync(_azure.NewHost(), job);

        Assert.Equal(2, result.Cases.Count);
        Assert.Equal(300_000, result.Events.OfType<FileEvent>().Sum(file => file.Data.Length));
        Assert.All(result.Cases, ended => Assert.False(ended.StdoutTruncated));
    }

    [SkippableFact]
    public async Task RunAsync_NoNetwork_IsCutAndMarkedAndNothingIsSent()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();

        IsCut(await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints(Floods), AciFixture.Plain));

        Assert.Null(_azure.Arm.Made.Values.Single().Command.FirstOrDefault(word => word == "--sender"));
    }

    [SkippableFact]
    public async Task RunAsync_LinkIsExpired_IsCutAndMarkedAndDoesNotFail()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();
        _azure.LinkClock = new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddDays(-1));

        IsCut(await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints(Floods)));
    }

    [SkippableFact]
    public async Task RunAsync_LinkLeadsNowhere_IsCutAndMarkedAndDoesNotFail()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();
        _azure.Redirect = _ => new Uri("https://127.0.0.1:1/sent/x?sig=none");

        IsCut(await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints(Floods)));
    }

    [SkippableFact]
    public async Task RunAsync_StorageStumblesAndDropsConnections_NothingIsMissingOrDoubled()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();
        await using StorageFront front = await StorageFront.StartAsync();
        front.BreaksEvery = 3;
        _azure.Arm.Faults.Authorities = front.Authorities;
        _azure.Redirect = front.Over;

        IsWhole(await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints(Floods)));

        Assert.InRange(front.Broken, 2, 1000);
    }

    [SkippableFact]
    public async Task RunAsync_StorageGoesAwayInTheMiddle_TheBeginningIsThereAndTheRestCut()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();
        await using StorageFront front = await StorageFront.StartAsync();
        front.RefusesAfter = 3; // made, begun, and one piece
        _azure.Arm.Faults.Authorities = front.Authorities;
        _azure.Redirect = front.Over;

        JobResult result = await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints(Floods));

        IsCut(result);
        string arrived = result.Stdout;
        Assert.True(arrived.Length > 1_000_000, $"{arrived.Length}");
        Assert.StartsWith("0\n1\n2\n3\n", arrived, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RunAsync_GroupMadeForItsJobFloodsAndEndsBeforeAnybodyListens_IsCutAndMarkedAndRunOnce(int steps)
    {
        await _azure.StartAsync();
        _azure.Arm.Faults.RefusesAttach = true;
        int starts = 0;
        _azure.Arm.Faults.OnEvent = (_, said) => starts += said is CaseStartedEvent ? 1 : 0;
        Job job = SendingFixture.Prints(Floods);
        job = job with { Steps = [.. Enumerable.Range(1, steps).Select(step => job.Steps[0] with { Name = $"step {step}" })] };

        JobResult result = await SendingFixture.RunAsync(_azure.NewHost(options => options.Delivery = JobDelivery.Secret), job, AciFixture.Plain);

        IsCut(result);
        Assert.Equal((steps, steps), (starts, result.Cases.Count));
        Assert.All(result.Cases, ended => Assert.Equal((0, Flooded.LongLength, true), (ended.ExitCode, ended.StdoutBytes, ended.StdoutTruncated)));
        Assert.Equal(result.Events.Select(said => said.Sequence).Order().Distinct(), result.Events.Select(said => said.Sequence));
    }

    [SkippableFact]
    public async Task RunAsync_ProgramWantsItsSenderStoppedKilledOrStarved_ItCanNotAndEverythingArrives()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();

        JobResult result = await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints(
            """
            import ctypes, os, resource, signal, sys
            libc = ctypes.CDLL(None, use_errno=True)
            sender = next(int(pid) for pid in os.listdir('/proc') if pid.isdigit() and open(f'/proc/{pid}/cmdline').read().startswith('sender'))
            did = []
            def attempt(name, call):
                try:
                    call()
                    did.append(name)
                except OSError: pass
            def calls(result):
                if result < 0: raise OSError(ctypes.get_errno())
            for target in [sender, -sender, *map(int, os.listdir(f'/proc/{sender}/task'))]:
                for number in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV, signal.SIGCONT, 0):
                    attempt(f'kill {target} {number}', lambda: os.kill(target, number))
                    attempt(f'tkill {target} {number}', lambda: calls(libc.syscall(200, target, number)))
            attempt('pidfd', lambda: signal.pidfd_send_signal(os.pidfd_open(sender), signal.SIGSTOP))
            attempt('limits', lambda: resource.prlimit(sender, resource.RLIMIT_CPU, (0, 0)))
            attempt('files', lambda: resource.prlimit(sender, resource.RLIMIT_NOFILE, (0, 0)))
            attempt('priority', lambda: os.setpriority(os.PRIO_PROCESS, sender, 19))
            attempt('affinity', lambda: os.sched_setaffinity(sender, {0}))
            attempt('class', lambda: os.sched_setscheduler(sender, os.SCHED_IDLE, os.sched_param(0)))
            attempt('attach', lambda: calls(libc.ptrace(16, sender, 0, 0)))
            attempt('oom', lambda: open(f'/proc/{sender}/oom_score_adj', 'w').write('1000'))
            for number in (signal.SIGSTOP, signal.SIGKILL):
                try: os.kill(-1, number)
                except OSError: pass
            if did: sys.exit(f'did {did}')
            """ + "\n" + Floods));

        IsWhole(result);
        Assert.Empty(await _azure.SentAsync());
    }

    [SkippableFact]
    public async Task RunAsync_ImageKeepsTheSenderNotApartAndAProgramEndsIt_ItsOwnOutputIsCutAndNothingElse()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();
        _azure.Arm.Faults.SenderIsApart = false;

        IsCut(await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints(
            """
            import os, signal
            for pid in filter(str.isdigit, os.listdir('/proc')):
                if open(f'/proc/{pid}/cmdline').read().startswith('sender'): os.kill(int(pid), signal.SIGKILL)
            """ + "\n" + Floods)));
    }

    [SkippableFact]
    public async Task RunAsync_ProgramLooksForTheLink_FindsNothingOfIt()
    {
        await _azure.StartAsync();
        Uri? given = null;
        _azure.Redirect = address => given = address;

        JobResult result = await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints(
            """
            import os, stat
            def read(path):
                try:
                    if stat.S_ISFIFO(os.stat(path).st_mode): return b''
                    with open(path, 'rb') as file: return file.read(1 << 20)
                except OSError: return b''
            def opens(path):
                try: os.close(os.open(path, os.O_RDONLY)); return True
                except OSError: return False
            print('x' * 20000, flush=True)
            seen, own = b'', str(os.getpid())
            others = [pid for pid in os.listdir('/proc') if pid.isdigit() and pid != own]
            names = [read(f'/proc/{pid}/cmdline') for pid in others]
            print('beside me:', sorted(name.split(b'\0')[0].decode() for name in names))
            for pid in others:
                for name in ('environ', 'maps', 'mem', 'auxv', 'syscall', 'stack', 'io'):
                    if opens(f'/proc/{pid}/{name}') and read(f'/proc/{pid}/{name}'): print('reads', name, 'of', pid)
                for folder in ('fd', 'map_files', 'task/' + pid + '/fd'):
                    try: print('lists', folder, os.listdir(f'/proc/{pid}/{folder}'))
                    except OSError: pass
                seen += b''.join(read(f'/proc/{pid}/{name}') for name in ('cmdline', 'comm', 'status', 'stat', 'wchan', 'mountinfo'))
            seen += read('/proc/self/environ') + repr(os.environ).encode()
            for root in ('/opt', '/tmp', '/workspace', '/dev/shm', '/dev/mqueue', '/run', '/var', '/mnt', '/etc', '/proc/net'):
                for folder, _, files in os.walk(root):
                    for file in files:
                        if file != 'main.py': seen += read(os.path.join(folder, file))
            print('found' if b'sig=' in seen or b'/sent/' in seen or b'blobs/sent' in seen else 'nothing found')
            """));

        Assert.NotNull(given);
        Assert.Equal("beside me: ['/opt/codeexec/runner', 'sender']\nnothing found\n", result.Stdout[20_001..]);
        Assert.DoesNotContain(result.Events, said => said.ToString().Contains("sig=", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task RunAsync_PrintsLittle_NothingIsMadeInTheStore()
    {
        await _azure.StartAsync();
        int seen = 0;
        _azure.Arm.Faults.OnEvent = (_, said) => seen += said is JobEndedEvent && _azure.SentAsync().GetAwaiter().GetResult().Count > 0 ? 1 : 0;

        Assert.Equal("1\n", (await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints("print(1)"))).Stdout);

        Assert.Equal(0, seen);
    }

    [SkippableFact]
    public async Task Dispose_RunIsCancelledInTheMiddleOfAFlood_NothingIsLeftInTheStore()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();
        IContainer container = await _azure.NewHost().CreateAsync(SendingFixture.Networked, CancellationToken.None);
        Task<JobResult> running = container.RunAsync(SendingFixture.Prints(Floods + "\nimport time; time.sleep(60)"));
        while ((await _azure.SentAsync()).Count == 0)
        {
            await Task.Yield();
        }

        await container.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => running);
        Assert.Empty(await _azure.SentAsync());
    }

    [SkippableFact]
    public async Task ReapAsync_HostCrashedInTheMiddleOfAFlood_WhatWasSentGoesWithItsGroup()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();
        IContainer crashed = await _azure.NewHost().CreateAsync(SendingFixture.Networked, CancellationToken.None); // never disposed
        _ = crashed.RunAsync(SendingFixture.Prints(Floods + "\nimport time; time.sleep(60)"));
        while ((await _azure.SentAsync()).Count == 0)
        {
            await Task.Yield();
        }

        Assert.Equal(1, await _azure.NewHost().ReapAsync(CancellationToken.None));

        Assert.Empty(await _azure.SentAsync());
    }

    public async Task DisposeAsync() => await _azure.DisposeAsync();

    private static void IsWhole(JobResult result)
    {
        Assert.Equal(Enumerable.Range(2, result.Events.Count).Select(number => (long)number), result.Events.Select(said => said.Sequence)); // 1 is "ready"
        Assert.Equal((0, false, false), (result.Case.ExitCode, result.Case.StdoutTruncated, result.Case.StderrTruncated));
        Assert.True(Flooded.AsSpan().SequenceEqual([.. result.Events.OfType<OutputEvent>().Where(output => output.Stream == OutputStream.Stdout).SelectMany(output => output.Data)]));
        Assert.Equal("end\n", result.Stderr);
        Assert.IsType<JobEndedEvent>(result.Events[^1]);
    }

    private static void IsCut(JobResult result)
    {
        Assert.Equal((0, true), (result.Case.ExitCode, result.Case.StdoutTruncated));
        Assert.True(result.Stdout.Length < Flooded.Length);
        Assert.IsType<JobEndedEvent>(result.Events[^1]);
    }
}
