using System.Net;
using System.Net.Sockets;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using Xunit.Sdk;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>Each protection of a cell is switched off alone; the class of the hostile table that it stands against must then be red. A test that stays green without the protection tests nothing.</summary>
public sealed class ProtectionTests
{
    private static bool All => Environment.GetEnvironmentVariable("CODEEXEC_TEST_LONG") is not null;

    public static TheoryData<string> Names => [.. Protection.All.Where(protection => protection.Always || All).Select(protection => protection.Name)];

    public static TheoryData<string> NamesOfDoubled => [.. Protection.Doubled.Select(protection => protection.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task SwitchOff_OneProtection_ItsClassTurnsRed(string name)
    {
        Protection protection = Protection.All.Single(one => one.Name == name);
        using TcpListener? listener = Listen();
        await using CellsFixture cells = await WithoutAsync(protection);
        try
        {
            // A cell that can not even be made without the protection would prove nothing: that is another exception, and a failure.
            await Assert.ThrowsAnyAsync<XunitException>(() => CheckAsync(cells, protection.Class));
        }
        finally
        {
            protection.CleanUp?.Invoke();
        }
    }

    [SkippableTheory]
    [MemberData(nameof(NamesOfDoubled))]
    public async Task SwitchOff_TheFirstOfTwoLines_TheSecondHolds(string name)
    {
        Protection protection = Protection.Doubled.Single(one => one.Name == name);
        await using CellsFixture cells = await WithoutAsync(protection);

        await CheckAsync(cells, protection.Class);
    }

    [SkippableFact]
    public async Task SwitchOff_Nothing_EveryClassIsGreen()
    {
        using TcpListener? listener = Listen();
        await using CellsFixture cells = await WithoutAsync(new Protection("none", "", request => request));

        foreach (string @class in Protection.All.Concat(Protection.Doubled).Select(protection => protection.Class).Distinct())
        {
            await CheckAsync(cells, @class);
        }
    }

    private static async Task<CellsFixture> WithoutAsync(Protection protection)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "some protections exist only for a host that is root");
        CellsFixture cells = new(new CellsFixture.TestToolchains(null, ""), null, protection);
        await cells.InitializeAsync();
        Skip.If(cells.Problem is not null, cells.Problem);
        return cells;
    }

    private static async Task CheckAsync(CellsFixture cells, string @class)
    {
        HostileProgram program = HostilePrograms.All.Concat(Protection.Probes).Single(one => one.Name == @class);
        JobResult result = await RunAsync(cells, ContainerHarness.Python(program.Code!, program.Limits, args: [cells.Canary]));
        HostileProgram.AssertEnded(@class, program.Expected, result);
        Assert.Equal(program.Output ?? result.Stdout.Trim(), result.Stdout.Trim());
        Assert.Equal(ContainerHarness.Untouched, (await RunAsync(cells, ContainerHarness.LooksAround)).Stdout.Trim());
    }

    private static async Task<JobResult> RunAsync(CellsFixture cells, CodeExec.Protocol.Job job)
    {
        await using IContainer cell = await cells.Provider.CreateAsync(CellsFixture.Plain, CancellationToken.None);
        return await cell.RunAsync(job);
    }

    // Somebody has to listen where "connects anywhere" tries first.
    private static TcpListener? Listen()
    {
        TcpListener listener = new(IPAddress.Loopback, 7071);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return null; // a server does already
        }
    }
}
