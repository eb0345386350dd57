using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CodeExec.Containers.Aci.Tests.Double;
using CodeExec.Server.Tests;

namespace CodeExec.Containers.Aci.Tests;

/// <summary>The whole server on container groups, with an identity as it would have one in Azure.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private readonly AciFixture _azure = new();
    private readonly string _certificate = Path.GetTempFileName();
    private readonly string _data = ServerProcess.NewDataFolder();

    public async Task InitializeAsync()
    {
        await _azure.InitializeAsync();
        await File.WriteAllTextAsync(_certificate, AciFixture.Certificate.ExportCertificatePem());
    }

    [SkippableFact]
    public async Task Run_InContainerGroups_IsAnsweredAndOutlivesACrashAndAStop()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        string sleeper;
        await using (ServerProcess server = await StartAsync())
        {
            for (int i = 0; i < 3; i++)
            {
                JsonElement run = await server.RunAsync(new { language = "python", code = $"print('hello', {i})" });
                Assert.Equal(("completed", "aci", $"hello {i}\n"), (run.Text("status"), run.Text("provider"), run.GetProperty("run").Text("stdout")));
            }

            JsonElement compiled = await server.RunAsync(new { language = "c", code = "#include <stdio.h>\nint main(void) { puts(\"compiled\"); }" });
            Assert.Equal("compiled\n", compiled.GetProperty("run").Text("stdout"));

            using HttpResponseMessage networked = await server.Http.PostAsJsonAsync("/api/executions", new { language = "python", code = "", network = "full" });
            Assert.Equal(HttpStatusCode.BadRequest, networked.StatusCode);
            Assert.Contains("OpenSubnet", await networked.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            JsonElement endless = await server.RunAsync(new { language = "python", code = "while True: pass", limits = new { cpuTimeMs = 1000, wallTimeMs = 20_000 } });
            Assert.Equal("timeout", endless.Text("status"));

            sleeper = (await server.RunAsync(new { language = "python", code = "import time\nfor i in range(60): print('up', i, flush=True); time.sleep(0.1)" }, wait: 0)).Text("id");
            await SaysAsync(server, sleeper, "up 3");
            await server.KillAsync();
        }

        await using (ServerProcess server = await StartAsync("--Http:ShutdownGrace=00:00:01"))
        {
            Assert.Single(_azure.Arm.Groups); // of those it left, the one whose run goes on
            await SaysAsync(server, sleeper, "up 20");
            Assert.Equal(0, await server.StopAsync());
        }

        Assert.Single(_azure.Arm.Groups);
        await using (ServerProcess server = await StartAsync())
        {
            JsonElement end = await EndOfAsync(server, sleeper);
            Assert.Equal(("completed", string.Concat(Enumerable.Range(0, 60).Select(i => $"up {i}\n"))), (end.Text("status"), end.GetProperty("run").Text("stdout")));
            string[] messages = await MessagesAsync(server, sleeper);
            Assert.Equal(Enumerable.Range(0, 60).Select(i => $"up {i}"), messages.Where(message => message.StartsWith("up ", StringComparison.Ordinal)));
            Assert.DoesNotContain(messages, message => message.StartsWith("Beginning again", StringComparison.Ordinal));
            Assert.Equal(0, await server.StopAsync());
        }

        Assert.Empty(_azure.Arm.Groups);
    }

    [SkippableTheory]
    [InlineData("accepted", "print(5 * int(input()), flush=True)")]
    [InlineData("wrongAnswer", "print(int(input()), flush=True)")]
    [InlineData("timeLimit", "import time\ninput()\ntime.sleep(60)")]
    [InlineData("runtimeError", "input()\nraise SystemExit(3)")]
    public async Task Run_InteractorInContainerGroups_SpeaksWithTheProgramAndJudges(string verdict, string code)
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        const string Interactor = """
            import sys
            given = open(sys.argv[1]).read()
            print(given, flush=True)
            said = sys.stdin.readline()
            sys.exit(0 if said and int(said) == 5 * int(given) else 1)
            """;
        await using ServerProcess server = await StartAsync();

        JsonElement run = await server.RunAsync(new { language = "python", code, interactor = new { language = "python", code = Interactor }, tests = new[] { new { stdin = "7" } }, limits = new { wallTimeMs = 2000 } });

        Assert.Equal(("completed", verdict), (run.Text("status"), run.GetProperty("tests")[0].Text("verdict")));
    }

    [SkippableFact]
    public async Task Submit_QuotaIsSpent_AcceptedOnesWaitAndNewOnesAreToldWhenToCome()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        _azure.Arm.Faults.Creations["*"] = 0;
        _azure.Arm.Faults.RetryAfterSeconds = 3;
        await using ServerProcess server = await StartAsync("--Containers:Pool:MaxReady=0");

        string accepted = (await server.RunAsync(new { language = "python", code = "print('at last')" }, wait: 0)).Text("id");
        HttpResponseMessage refused;
        do
        {
            refused = await server.Http.PostAsJsonAsync("/api/executions", new { language = "python", code = "print(1)" });
        }
        while (refused.StatusCode == HttpStatusCode.Accepted);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3);
        _azure.Arm.Faults.Creations["*"] = 1000;
        JsonElement run = await EndOfAsync(server, accepted);
        Assert.Equal("at last\n", run.GetProperty("run").Text("stdout"));
        refused.Dispose();
    }

    [Fact]
    public async Task Start_SettingsAreWrong_SaysAllThatIs()
    {
        (int code, string said) = await ServerProcess.StartInVainAsync("--Containers:Provider=aci", "--Aci:Regions:0:Name=westeurope");

        Assert.Equal(1, code);
        Assert.All(["Aci:SubscriptionId is missing", "Aci:ResourceGroup is missing", "could reach the internet"], mistake => Assert.Contains(mistake, said, StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        await _azure.DisposeAsync();
        File.Delete(_certificate);
        Directory.Delete(_data, recursive: true);
    }

    private static async Task SaysAsync(ServerProcess server, string id, string message)
    {
        while (!(await MessagesAsync(server, id)).Contains(message))
        {
            await Task.Yield();
        }
    }

    private static async Task<string[]> MessagesAsync(ServerProcess server, string id)
        => [.. (await server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{id}/logs?limit=1000")).GetProperty("items").EnumerateArray().Select(entry => entry.Text("message"))];

    private static async Task<JsonElement> EndOfAsync(ServerProcess server, string id)
    {
        await server.Http.GetStringAsync($"/api/executions/{id}/logs/stream"); // ends with the execution
        return await server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{id}");
    }

    private Task<ServerProcess> StartAsync(params string[] settings)
        => ServerProcess.StartAsync(
            ["env", $"IDENTITY_ENDPOINT={_azure.Arm.IdentityEndpoint}", "IDENTITY_HEADER=here", $"SSL_CERT_FILE={_certificate}"],
            AppContext.BaseDirectory,
            _data,
            [
                "--Containers:Provider=aci",
                $"--Aci:SubscriptionId={ArmDouble.Subscription}",
                $"--Aci:ResourceGroup={ArmDouble.ResourceGroup}",
                "--Aci:Regions:0:Name=westeurope",
                $"--Aci:Regions:0:ClosedSubnet={AciFixture.Subnet("closed")}",
                $"--Aci:Endpoint={_azure.Arm.Address}",
                "--Aci:LookEvery=00:00:00.050",
                "--Aci:QuotaPatience=00:00:00",
                .. settings,
            ]);
}
