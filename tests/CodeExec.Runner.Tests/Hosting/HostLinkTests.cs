using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Tests.Hosting;

public sealed class HostLinkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task WaitWhileBehind_HostTakesEverythingAtOnce_DoesNotWaitForMore()
    {
        using FileDescriptor greedy = FileDescriptor.CreateInMemory();
        HostLink host = new(input: null, new HostOutput(greedy));
        for (int i = 0; i < 20; i++)
        {
            host.Events.Output("s", "c", OutputStream.Stdout, new byte[30_000]);
        }

        Assert.True(host.IsBehind);
        await Task.Run(host.WaitWhileBehind).WaitAsync(Patience, TimeProvider.System);

        Assert.False(host.IsBehind);
    }

    [Fact]
    public async Task WaitWhileBehind_HostReadsSlowly_ReturnsWhenItHasCaughtUp()
    {
        using Pipe pipe = Pipe.Create();
        HostLink host = new(input: null, new HostOutput(pipe.WriteEnd));
        for (int i = 0; i < 20; i++)
        {
            host.Events.Output("s", "c", OutputStream.Stdout, new byte[30_000]);
        }

        Task waiting = Task.Run(host.WaitWhileBehind).WaitAsync(Patience, TimeProvider.System);
        byte[] piece = new byte[5000];
        pipe.ReadEnd.SetNonBlocking();
        while (!waiting.IsCompleted)
        {
            _ = pipe.ReadEnd.Read(piece);
            await Task.Yield();
        }

        await waiting;
        Assert.False(host.IsBehind);
    }

    [Fact]
    public async Task WaitWhileBehind_StopComes_DoesNotWaitForTheHostToRead()
    {
        using Pipe output = Pipe.Create();
        using Pipe input = Pipe.Create();
        HostLink host = new(new HostInput(input.ReadEnd), new HostOutput(output.WriteEnd));
        for (int i = 0; i < 20; i++)
        {
            host.Events.Output("s", "c", OutputStream.Stdout, new byte[30_000]);
        }

        input.WriteEnd.WriteAll("{\"kind\":\"stop\"}\n"u8);
        await Task.Run(host.WaitWhileBehind).WaitAsync(Patience, TimeProvider.System);

        Assert.True(host.StopRequested && host.IsBehind);
    }
}
