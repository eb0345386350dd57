using System.Text;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>A program must not be able to tell whether its Node.js waited for it.</summary>
public sealed class HeldNodeTests(CellsFixture cells) : IClassFixture<CellsFixture>
{
    public static TheoryData<string> Programs => new()
    {
        "console.log('hi')",
        "console.log(process.argv, process.argv0, process.execArgv, process.cwd(), process.exitCode, process.title)",
        "console.log(Object.entries(process.env).sort())",
        "console.log(__filename, __dirname, require.main === module, module.paths, module.children, Object.keys(require.cache))",
        "console.log(Object.getOwnPropertyNames(globalThis).sort().join())",
        "throw new Error('mine')",
        "Promise.reject(new Error('mine'))",
        "process.exit(7)",
        "process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 10000)",
        "process.abort()",
        "import fs from 'fs'; console.log(fs.readFileSync(0, 'utf8'), import.meta)",
        "console.log(require('fs').readdirSync('/proc/self/fd').length < 40, require('fs').readFileSync('/dev/stdin', 'utf8'))",
        "process.stdin.on('data', d => console.log('data', String(d))).on('end', () => console.log('end'))",
        "console.log(process.stdin.isTTY, process.stdout.isTTY, process.stdout.constructor.name, process.stdin.constructor.name)",
        "console.log(new Error('x').stack)",
        """
        const { Worker, isMainThread, parentPort } = require('worker_threads');
        if (isMainThread) {
          const worker = new Worker(__filename, { argv: ['w'] });
          worker.on('message', m => console.log('message', m)).on('error', e => console.log('error', e)).on('exit', c => console.log('exit', c));
        } else {
          parentPort.postMessage([process.argv.slice(2), Object.keys(require.cache), process.execArgv]);
        }
        """,
        """
        const { fork } = require('child_process');
        if (process.argv[2] !== 'child') {
          fork(__filename, ['child']).on('message', m => console.log('message', m)).on('exit', c => console.log('exit', c));
        } else {
          process.send(process.execArgv);
        }
        """,
        "const cluster = require('cluster'); if (cluster.isPrimary) cluster.fork().on('exit', c => console.log('exit', c)); else process.exit(3)",
        "console.log(process.listenerCount('exit'), process.eventNames(), process.memoryUsage().rss > 0, process.uptime() >= 0)",
    };

    private static ContainerSpec Held => CellsFixture.Plain with { Language = "javascript", Held = HeldInterpreter.For(HoldKind.Start, ["node", "main.js"]) };

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task RunAsync_NodeWasHeld_ProgramSeesNoDifference(string program)
    {
        Skip.If(cells.Problem is not null, cells.Problem);
        Skip.If(!File.Exists("/usr/bin/node"), "There is no Node.js here.");

        Assert.Equal(await SummaryAsync(Held with { Held = null }, program), await SummaryAsync(Held, program));
    }

    private async Task<string> SummaryAsync(ContainerSpec spec, string program)
    {
        await using IContainer cell = await cells.Provider.CreateAsync(spec, CancellationToken.None);
        JobResult result = await cell.RunAsync(new Job
        {
            Id = "job",
            Files = [new JobFile("main.js", Encoding.UTF8.GetBytes(program))],
            Steps =
            [
                new JobStep
                {
                    Name = "run",
                    Command = ["node", "main.js"],
                    Environment = ContainerHarness.Environment,
                    Limits = ContainerHarness.Limits,
                    Cases = [new JobCase { Id = "", Stdin = "line\nrest\n"u8.ToArray(), Arguments = ["a", "b c"] }],
                    Warm = spec.Held is not null,
                },
            ],
        });
        return $"exit {result.Case.ExitCode} signal {result.Case.Signal} limit {result.Case.Limit}\n{result.Stdout}\n---\n{result.Stderr}";
    }
}
