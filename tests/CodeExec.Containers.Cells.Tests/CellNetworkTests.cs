using System.Diagnostics;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>A cell with a network, before hosts of our own in a namespace of our own: one with a public address, one with an internal one.</summary>
public sealed class CellNetworkTests(CellsFixture cells) : IClassFixture<CellsFixture>
{
    private const string Public = "203.0.113.2";
    private const string Internal = "10.99.0.2";
    private const int Port = 8099;

    [SkippableFact]
    public async Task RunAsync_NetworkFull_ReachesPublicAddressesAndNoInternalOnes()
    {
        Skip.If(cells.Problem is not null, cells.Problem);
        Skip.IfNot(Environment.IsPrivilegedProcess, "network namespaces for test hosts need root");
        Skip.IfNot(File.Exists("/usr/bin/slirp4netns") && File.Exists("/bin/ip"), "slirp4netns and iproute2 are not installed");
        string space = $"ce{Environment.ProcessId}";
        using Process host = await StartHostAsync(space);
        try
        {
            JobResult result = await RunAsync($$"""
                import socket
                for address in (('{{Public}}', {{Port}}), ('{{Internal}}', {{Port}}), ('10.0.2.2', {{Port}}), ('10.0.2.2', 22), ('169.254.169.254', 80), ('127.0.0.1', {{Port}})):
                    s = socket.socket(); s.settimeout(3)
                    try:
                        s.connect(address); s.sendall(b'GET / HTTP/1.0\r\n\r\n'); print('reached', address[0], s.recv(15).decode())
                    except OSError as e: print('refused', address[0])
                """);

            Assert.Equal(
                [$"reached {Public} HTTP/1.0 200 OK", $"refused {Internal}", "refused 10.0.2.2", "refused 10.0.2.2", "refused 169.254.169.254", "refused 127.0.0.1"],
                result.Stdout.Trim().Split('\n'));
        }
        finally
        {
            host.Kill(entireProcessTree: true);
            await RunOnHostAsync($"ip netns del {space}");
        }
    }

    private async Task<JobResult> RunAsync(string code)
    {
        await using IContainer cell = await cells.Provider.CreateAsync(CellsFixture.Plain with { Network = NetworkAccess.Full }, CancellationToken.None);
        return await cell.RunAsync(ContainerHarness.Python(code, ContainerHarness.Limits with { WallMs = 30_000 }));
    }

    private static async Task<Process> StartHostAsync(string space)
    {
        await RunOnHostAsync($"""
            ip netns add {space}
            ip link add {space}a type veth peer name {space}b
            ip link set {space}b netns {space}
            ip addr add 203.0.113.1/30 dev {space}a
            ip addr add 10.99.0.1/30 dev {space}a
            ip link set {space}a up
            ip -n {space} addr add {Public}/30 dev {space}b
            ip -n {space} addr add {Internal}/30 dev {space}b
            ip -n {space} link set {space}b up
            ip -n {space} link set lo up
            """);
        Process host = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", space, "python3", "-u", "-m", "http.server", $"{Port}", "--directory", "/usr/share/doc"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await host.StandardOutput.ReadLineAsync(); // "Serving HTTP on …"
        return host;
    }

    private static async Task RunOnHostAsync(string script)
    {
        using Process shell = Process.Start("/bin/sh", ["-ec", script]);
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }
}
