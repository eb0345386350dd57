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

    [Fact]
    public async Task CopyTo_WhatIsSaidFromThenOn_GoesToBothWhoeverIsSlower()
    {
        using Pipe output = Pipe.Create();
        using Pipe copy = Pipe.Create();
        HostLink host = new(input: null, new HostOutput(output.WriteEnd));
        host.Events.Ready(warm: false);
        host.Flush();
        host.CopyTo(copy.WriteEnd);
        Task<byte[]> said = Task.Run(() => ReadAll(output.ReadEnd));
        Task<byte[]> copied = Task.Run(() => ReadAll(copy.ReadEnd));
        for (int i = 0; i < 50; i++)
        {
            host.Events.Output("s", $"{i}", OutputStream.Stdout, new byte[30_000]);
            host.WaitWhileBehind();
        }

        host.FlushAll(Patience);
        output.WriteEnd.Dispose();
        copy.WriteEnd.Dispose();

        byte[] all = await said.WaitAsync(Patience, TimeProvider.System);
        byte[] some = await copied.WaitAsync(Patience, TimeProvider.System);
        Assert.True(all.AsSpan(all.AsSpan().IndexOf((byte)'\n') + 1).SequenceEqual(some));
    }

    [Fact]
    public void CopyTo_ItsReaderIsGone_TheHostHearsAllAndNothingWaits()
    {
        using FileDescriptor greedy = FileDescriptor.CreateInMemory();
        using Pipe copy = Pipe.Create();
        HostLink host = new(input: null, new HostOutput(greedy));
        host.CopyTo(copy.WriteEnd);
        copy.ReadEnd.Dispose();
        for (int i = 0; i < 20; i++)
        {
            host.Events.Output("s", "c", OutputStream.Stdout, new byte[30_000]);
        }

        host.FlushAll(Patience);

        Assert.False(host.IsBehind || host.StopRequested);
    }

    private static byte[] ReadAll(FileDescriptor end)
    {
        List<byte> all = [];
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = end.Read(buffer)) > 0)
        {
            all.AddRange(buffer.AsSpan(0, read));
        }

        return [.. all];
    }
}
