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

    private readonly string _folder = Directory.CreateTempSubdirectory("codeexec-give-").FullName;

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task GiveJob_JobOfAnyLengthTypedIntoATerminal_IsTheRunners(int length)
    {
        string runner = RunnerBinary.Find(null);
        string script = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(runner)))!, "infra", "images", "base", "give-job");
        Skip.IfNot(File.Exists(runner), "The runner is not published.");
        string pipe = Path.Combine(_folder, "job");
        using Process made = Process.Start("mkfifo", pipe);
        await made.WaitForExitAsync();
        string workspace = Directory.CreateDirectory(Path.Combine(_folder, "workspace")).FullName;
        using Process waiting = Begin(runner, "--workspace", workspace, "--job", pipe);
        Job job = ContainerHarness.Python("print(len(input()))", stdin: new string('ä', length));

        using Process terminal = Begin("python3", "-c", Terminal, script);
        await terminal.StandardInput.BaseStream.WriteAsync(RunnerEvents.LineOf(job));
        terminal.StandardInput.Close();
        string shown = await terminal.StandardOutput.ReadToEndAsync();
        string[] said = (await waiting.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal([JobGiver.Ready, JobGiver.Given], shown.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        RunnerEvent[] events = [.. said.Select(line => JsonSerializer.Deserialize(line, ProtocolJson.Default.RunnerEvent)!)];
        Assert.Equal($"{length}\n", string.Concat(events.OfType<OutputEvent>().Select(output => Encoding.UTF8.GetString(output.Data))));
        Assert.IsType<JobEndedEvent>(events[^1]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Process Begin(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["CODEEXEC_JOB"] = Path.Combine(_folder, "job");
        return Process.Start(start)!;
    }
}
