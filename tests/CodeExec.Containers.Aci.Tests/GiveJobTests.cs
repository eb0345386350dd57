using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CodeExec.Containers.Aci.Following;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Tests;

/// <summary>What the images bring for exec: a terminal on one side, the runner of this build on the other.</summary>
public sealed class GiveJobTests : IDisposable
{
    /// <summary>A terminal as exec has it: what comes on stdin is typed, what is shown goes to stdout.</summary>
    private const string Terminal = """
        import os, pty, select, sys
        pid, terminal = pty.fork()
        if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
        shown = b''
        while b'give\n' not in shown.replace(b'\r', b''): shown += os.read(terminal, 1000)
        typed = sys.stdin.buffer.read()
        while typed or b'given' not in shown:
            readable, writable, _ = select.select([terminal], [terminal] if typed else [], [], 30)
            if writable: typed = typed[os.write(terminal, typed[:4096]):]
            if readable: shown += os.read(terminal, 1000)
            if not readable and not writable: break
        sys.stdout.write(shown.decode())
        """;

    /// <summary>The same, which types each line when it comes, the first when it is asked for.</summary>
    private const string Live = """
        import os, pty, select, sys
        pid, terminal = pty.fork()
        if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
        shown, typed = b'', b''
        while True:
            ready = b'give\n' in shown.replace(b'\r', b'')
            readable, writable, _ = select.select([terminal] + ([0] if ready else []), [terminal] if typed else [], [])
            if 0 in readable:
                said = os.read(0, 65536)
                if not said: break # whoever speaks is gone
                typed += said
            if writable: typed = typed[os.write(terminal, typed[:4096]):]
            if terminal in readable:
                new = os.read(terminal, 1000)
                shown += new
                os.write(1, new.replace(b'\r', b''))
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("codeexec-give-").FullName;

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task GiveJob_JobOfAnyLengthTypedIntoATerminal_IsTheRunners(int length)
    {
        using Process waiting = await WaitForJobAsync();
        Job job = ContainerHarness.Python("print(len(input()))", stdin: new string('ä', length));

        using Process terminal = Begin("python3", "-c", Terminal, Script("give-job"));
        await terminal.StandardInput.BaseStream.WriteAsync(RunnerEvents.LineOf(job));
        terminal.StandardInput.Close();
        string shown = await terminal.StandardOutput.ReadToEndAsync();
        string[] said = (await waiting.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal([JobGiver.Ready, JobGiver.Given], shown.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        RunnerEvent[] events = [.. said.Select(line => JsonSerializer.Deserialize(line, ProtocolJson.Default.RunnerEvent)!)];
        Assert.Equal($"{length}\n", string.Concat(events.OfType<OutputEvent>().Select(output => Encoding.UTF8.GetString(output.Data))));
        Assert.IsType<JobEndedEvent>(events[^1]);
    }

    [SkippableFact]
    public async Task GiveLive_ProgramIsSpokenToOverATerminal_HearsEachWordWhenItIsSaid()
    {
        using Process waiting = await WaitForJobAsync();
        Job job = ContainerHarness.Python("import sys\nfor line in sys.stdin: print('got', line, end='', flush=True)\nprint('end')");
        job = job with { Steps = [job.Steps[0] with { Cases = [new JobCase { Id = "", Live = true }] }] };
        using Process terminal = Begin("python3", "-c", Live, Script("give-live"));
        await SayAsync(terminal, RunnerEvents.LineOf(job));
        Assert.Equal(JobGiver.Ready, await terminal.StandardOutput.ReadLineAsync());
        Assert.Equal(JobGiver.Given, await terminal.StandardOutput.ReadLineAsync());
        string heard = "";
        int turns = 0;

        while (await waiting.StandardOutput.ReadLineAsync() is { } line)
        {
            switch (JsonSerializer.Deserialize(line, ProtocolJson.Default.RunnerEvent))
            {
                case CaseStartedEvent:
                    await SayAsync(terminal, Stdin(new string('x', 20_000)));
                    break;
                case OutputEvent { Stream: OutputStream.Stdout } output:
                    heard += Encoding.UTF8.GetString(output.Data);
                    if (heard.EndsWith('\n'))
                    {
                        await SayAsync(terminal, ++turns < 20 ? Stdin($"{turns}") : RunnerEvents.LineOf(new RunnerCommand(RunnerCommand.EndOfStdin)));
                    }

                    break;
                default:
                    break;
            }
        }

        Assert.Equal($"got {new string('x', 20_000)}\n{string.Concat(Enumerable.Range(1, 19).Select(i => $"got {i}\n"))}end\n", heard);
        terminal.Kill();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ReadOnlyMemory<byte> Stdin(string line) => RunnerEvents.LineOf(new RunnerCommand(RunnerCommand.Stdin, Encoding.UTF8.GetBytes(line + "\n")));

    private static async Task SayAsync(Process terminal, ReadOnlyMemory<byte> line)
    {
        await terminal.StandardInput.BaseStream.WriteAsync(line);
        await terminal.StandardInput.BaseStream.FlushAsync();
    }

    private static string Script(string name) => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(RunnerBinary.Find(null))))!, "infra", "images", "base", name);

    private async Task<Process> WaitForJobAsync()
    {
        string runner = RunnerBinary.Find(null);
        Skip.IfNot(File.Exists(runner), "The runner is not published.");
        string pipe = Path.Combine(_folder, "job");
        using Process made = Process.Start("mkfifo", pipe);
        await made.WaitForExitAsync();
        string workspace = Directory.CreateDirectory(Path.Combine(_folder, "workspace")).FullName;
        return Begin(runner, "--workspace", workspace, "--pipe", pipe);
    }

    private Process Begin(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["CODEEXEC_JOB"] = Path.Combine(_folder, "job");
        return Process.Start(start)!;
    }
}
