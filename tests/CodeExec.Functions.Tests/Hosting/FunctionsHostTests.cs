using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using CodeExec.Contracts.Azurite;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Queues;
using CodeExec.Core.Tenants;
using CodeExec.Functions.Intake;
using CodeExec.Functions.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>The whole app on Azurite, with cells for containers.</summary>
public sealed class FunctionsHostTests : IAsyncLifetime
{
    private const string Key = "key-of-the-functions-tests";

    private readonly string _prefix = AzuriteProcess.NewPrefix();
    private FunctionsHost _host = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        AzuriteProcess azurite = await AzuriteProcess.GetAsync();
        _host = await FunctionsHost.StartAsync(Settings(azurite));
    }

    private (string Name, string Value)[] Settings(AzuriteProcess azurite, string? prefix = null) =>
    [
        ("Storage:Azure:ConnectionString", azurite.ConnectionString),
        ("Storage:Azure:Prefix", prefix ?? _prefix),
        ("Secrets:Key", Convert.ToBase64String(new byte[32])),
        ("Auth:Keys:0:Name", "admin"),
        ("Auth:Keys:0:Key", Key),
        ("Auth:Keys:0:Role", "Admin"),
    ];

    public async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Api_ExecutionIsSubmitted_RunsThroughTheFunctionsToItsEnd()
    {
        await RequireCellsAsync();

        (int status, JsonElement run) = await _host.SendAsync("POST", "/api/executions?wait=60", new { language = "python", code = "print(input())", stdin = "through functions" }, Key);

        Assert.Equal(200, status);
        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal("through functions\n", run.GetProperty("run").GetProperty("stdout").GetString());
        string id = run.GetProperty("id").GetString()!;
        (_, JsonElement logs) = await _host.SendAsync("GET", $"/api/executions/{id}/logs", null, Key);
        string[] messages = [.. logs.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("message").GetString()!)];
        Assert.Contains("through functions", messages);
        Assert.Equal(Enumerable.Range(1, messages.Length), logs.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("sequence").GetInt32()));
    }

    [SkippableFact]
    public async Task Api_ExecutionInDocker_RunsThroughTheFunctionsToItsEnd()
    {
        Skip.IfNot(CodeExec.Containers.Docker.DockerServices.SeemsPresent(null), "There is no Docker here.");
        FunctionsHost? host = null;
        try
        {
            host = await FunctionsHost.StartAsync([.. Settings(await AzuriteProcess.GetAsync()), ("Containers:Provider", "docker")]);
        }
        catch (InvalidOperationException e) when (e.Message.Contains("nothing can run there", StringComparison.Ordinal))
        {
            Skip.If(true, e.Message);
        }
        await using (host)
        {
            Core.Languages.Detection.DetectedLanguage? python = host!.Services.GetRequiredService<Core.Languages.Detection.InstalledLanguages>().Missing.FirstOrDefault(one => one.Language.Id == "python");
            Skip.If(python is not null, python?.InstallHint);

            (int status, JsonElement run) = await host.SendAsync("POST", "/api/executions?wait=60", new { language = "python", code = "print(6 * 7)" }, Key);

            Assert.True(status == 200, run.ToString());
            Assert.Equal(("completed", "docker"), (run.GetProperty("status").GetString(), run.GetProperty("provider").GetString()));
            Assert.Equal("42\n", run.GetProperty("run").GetProperty("stdout").GetString());
        }
    }

    [SkippableFact]
    public async Task Api_ActivitiesRunOnAnotherInstance_TheirWorkIsSeenAndStoppedFromHere()
    {
        await RequireCellsAsync();
        (string Name, string Value)[] settings = Settings(await AzuriteProcess.GetAsync());
        await using FunctionsHost here = await FunctionsHost.StartAsync(settings);
        await using FunctionsHost there = await FunctionsHost.StartAsync(settings);
        here.Other = there;

        (_, JsonElement ran) = await here.SendAsync("POST", "/api/executions?wait=60", new { language = "python", code = "print('there')" }, Key); // activity 1: there
        here.Other = null;
        (_, JsonElement also) = await here.SendAsync("POST", "/api/executions?wait=60", new { language = "python", code = "print('here')" }, Key);
        here.Other = there;
        (_, JsonElement accepted) = await here.SendAsync("POST", "/api/executions", new { language = "python", code = "import time\nprint('up', flush=True)\ntime.sleep(60)" }, Key); // run, stop and clean-up alternate
        string id = accepted.GetProperty("id").GetString()!;
        await UntilAsync(id, "running", here);
        await here.SendAsync("POST", $"/api/executions/{id}/stop", null, Key);

        Assert.Equal("there\n", ran.GetProperty("run").GetProperty("stdout").GetString());
        Assert.Equal("here\n", also.GetProperty("run").GetProperty("stdout").GetString());
        await UntilAsync(id, "cancelled", here);
        (_, JsonElement logs) = await there.SendAsync("GET", $"/api/executions/{id}/logs", null, Key);
        Assert.Equal(Enumerable.Range(1, logs.GetProperty("items").GetArrayLength()), logs.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("sequence").GetInt32()));
    }

    [SkippableFact]
    public async Task Api_ExecutionIsStopped_EndsAsCancelled()
    {
        await RequireCellsAsync();
        (_, JsonElement accepted) = await _host.SendAsync("POST", "/api/executions", new { language = "python", code = "import time\nprint('up', flush=True)\ntime.sleep(60)" }, Key);
        string id = accepted.GetProperty("id").GetString()!;
        await UntilAsync(id, "running");

        (int status, _) = await _host.SendAsync("POST", $"/api/executions/{id}/stop", null, Key);

        Assert.Equal(202, status);
        await UntilAsync(id, "cancelled");
    }

    [SkippableFact]
    public async Task Intake_SubmissionFromTheQueue_RunsOnceHoweverOftenItComes()
    {
        await RequireCellsAsync();
        BinaryData message = BinaryData.FromString("""{"id":"work-1","tenant":"default","submission":{"language":"python","code":"print(6*7)"}}""");
        IntakeFunctions intake = ActivatorUtilities.CreateInstance<IntakeFunctions>(_host.Services);

        await intake.TakeAsync(message, _host.Client, None);
        await intake.TakeAsync(message, _host.Client, None);

        IReadOnlyList<ExecutionRecord> found = (await _host.Services.GetRequiredService<IExecutionStore>().ListAsync(new() { Tenant = TenantId.Default }, None)).Items;
        ExecutionRecord? ended = await _host.Services.GetRequiredService<IExecutionService>().WaitAsync(TenantId.Default, Assert.Single(found).Id, TimeSpan.FromSeconds(60), None);
        Assert.Equal("42\n", ended!.Run!.Stdout.Text);
    }

    [SkippableTheory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"id":"a","tenant":"../x","submission":{"language":"python","code":"1"}}""")]
    [InlineData("""{"id":"a","tenant":"default","submission":{"language":"cobol","code":"1"}}""")]
    [InlineData("""{"id":"a","tenant":"default","submission":{"language":"python","code":"1"},"more":1}""")]
    public async Task Intake_MessageThatCanNotBeAccepted_IsRefusedAndKeptAtTheEnd(string text)
    {
        IntakeFunctions intake = ActivatorUtilities.CreateInstance<IntakeFunctions>(_host.Services);
        BinaryData message = BinaryData.FromString(text);

        await Assert.ThrowsAsync<SubmissionRefusedException>(() => intake.TakeAsync(message, _host.Client, None));
        await intake.KeepAsync(message, None);

        List<string> kept = [];
        await foreach (Core.Storage.BlobInfo blob in _host.Services.GetRequiredService<Core.Storage.IBlobStore>().ListAsync(PoisonKeeper.PrefixOf(SubmissionIntake.Kind), None))
        {
            kept.Add(blob.Key);
        }
        Assert.Single(kept);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task BatchGrading_MessageFromTheQueue_IsGradedOnceHoweverOftenItComes(int padding)
    {
        await RequireCellsAsync();
        await _host.SendAsync("POST", "/api/problems", new { id = "square", title = "Square", tests = new[] { new { id = "1", stdin = "2", expected = "4" } } }, Key);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = "work-1",
            tenant = "default",
            batch = new { problem = new { id = "square" } },
            submissions = new[]
            {
                new { id = "ann", submission = new { language = "python", code = "print(int(input()) ** 2)" + new string(' ', padding) } },
                new { id = "bob", submission = new { language = "python", code = "print(5)" } },
            },
        });
        BinaryData message = await ThroughTheQueueAsync(body);
        BatchIntakeFunctions intake = ActivatorUtilities.CreateInstance<BatchIntakeFunctions>(_host.Services);

        await intake.TakeAsync(message, _host.Client, None);
        await intake.TakeAsync(message, _host.Client, None);
        await _host.IdleAsync();

        (_, JsonElement listed) = await _host.SendAsync("GET", "/api/batches", null, Key);
        JsonElement batch = Assert.Single(listed.GetProperty("items").EnumerateArray());
        Assert.Equal("completed", batch.GetProperty("state").GetString());
        (_, JsonElement results) = await _host.SendAsync("GET", $"/api/batches/{batch.GetProperty("id").GetString()}/results", null, Key);
        Assert.Equal(["accepted", "wrongAnswer"], results.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("verdict").GetString()));
        Assert.Equal(padding > 0, MessageIsAReference(message));
    }

    [SkippableTheory]
    [InlineData("no json")]
    [InlineData("""{"id":"a","tenant":"default","batch":{"problem":{"id":"nowhere"}},"submissions":[{"id":"x","submission":{"language":"python","code":"1"}}]}""")]
    public async Task BatchGrading_MessageThatCanNotBeABatch_IsKeptForAPersonAtOnce(string text)
    {
        BatchIntakeFunctions intake = ActivatorUtilities.CreateInstance<BatchIntakeFunctions>(_host.Services);

        await intake.TakeAsync(BinaryData.FromString(text), _host.Client, None);

        Assert.Equal(1, await _host.Services.GetRequiredService<PoisonMessages>().CountAsync(None));
    }

    [SkippableFact]
    public async Task Sweep_EndedLongAgo_NothingOfItIsLeftInTheAccount()
    {
        ExecutionRecord record = Contracts.Executions.ExecutionSamples.Queued();
        IExecutionStore executions = _host.Services.GetRequiredService<IExecutionStore>();
        Core.Storage.IBlobStore blobs = _host.Services.GetRequiredService<Core.Storage.IBlobStore>();
        Core.Progress.ILogStore logs = _host.Services.GetRequiredService<Core.Progress.ILogStore>();
        record = ((CreateOutcome.Created)await executions.CreateAsync(record, Contracts.Executions.ExecutionSamples.Spec(new string('x', 200_000)), new IdempotencyKey("key", "print"), None)).Record;
        await using (Core.Progress.ILogWriter feed = await logs.OpenAsync(record.Id, None))
        {
            feed.Append(Contracts.Progress.LogSamples.Line("told"));
            await feed.FlushAsync(None);
        }
        await blobs.WriteAsync(ExecutionBlobs.Output(record.Id, "run", "stdout"), new byte[100_000], None);
        ExecutionRecord ended = Contracts.Executions.ExecutionSamples.Ended(record, new Core.Executions.Results.ExecutionOutcome.Exited(0), TimeSpan.FromSeconds(1));
        Assert.NotNull(await executions.TryUpdateAsync(ended, None));

        await ActivatorUtilities.CreateInstance<SweepFunctions>(_host.Services).SweepAsync(new TimerInfo(), _host.Client, None);

        Assert.Null(await executions.FindAsync(record.Id, None));
        Assert.Null(await executions.FindSpecAsync(record.Id, None));
        Assert.Empty((await executions.ListAsync(new() { Tenant = TenantId.Default }, None)).Items);
        Assert.Empty(await logs.ReadAsync(record.Id, 0, None).ToListAsync());
        Assert.Equal(0, await CountBlobsAsync(ExecutionBlobs.Prefix(record.Id)));
        Assert.Equal([], await BlobsNamingAsync(record.Id));
        Assert.IsType<CreateOutcome.Created>(await executions.CreateAsync(Contracts.Executions.ExecutionSamples.Queued(), Contracts.Executions.ExecutionSamples.Spec(), new IdempotencyKey("key", "print"), None));
    }

    [SkippableFact]
    public async Task Sweep_ExecutionWithoutAnOrchestration_GetsOne()
    {
        ExecutionRecord lost = Contracts.Executions.ExecutionSamples.Queued() with { Provider = "none" };
        await _host.Services.GetRequiredService<IExecutionStore>().CreateAsync(lost, Contracts.Executions.ExecutionSamples.Spec() with { Provider = "none" }, null, None);

        await ActivatorUtilities.CreateInstance<SweepFunctions>(_host.Services).SweepAsync(new TimerInfo(), _host.Client, None);

        ExecutionRecord? ended = await _host.Services.GetRequiredService<IExecutionService>().WaitAsync(TenantId.Default, lost.Id, TimeSpan.FromSeconds(60), None);
        Assert.Equal(ExecutionStatus.Failed, ended!.Status); // there is no such provider, and that was found out by running it
    }

    [SkippableFact]
    public async Task Api_WithoutAKey_IsRefused()
    {
        Assert.Equal(401, (await _host.SendAsync("GET", "/api/executions")).Status);
        Assert.Equal(404, (await _host.SendAsync("GET", "/nowhere", null, Key)).Status);
        Assert.Equal(200, (await _host.SendAsync("GET", "/openapi/v1.json")).Status);
    }

    /// <summary>As the Functions host gives it on.</summary>
    private async Task<BinaryData> ThroughTheQueueAsync(byte[] body)
    {
        await _host.Services.GetRequiredService<IWorkQueue>().SendAsync(QueuedBatch.Queue, body, TimeSpan.Zero, None);
        QueueClient queue = new((await AzuriteProcess.GetAsync()).ConnectionString, $"{_prefix}-{QueuedBatch.Queue}", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        return (await queue.ReceiveMessageAsync()).Value.Body;
    }

    private static bool MessageIsAReference(BinaryData message) => message.ToMemory().Length < 200;

    private async Task<int> CountBlobsAsync(string prefix) => await _host.Services.GetRequiredService<Core.Storage.IBlobStore>().ListAsync(prefix, None).CountAsync();

    /// <summary>In all containers of the account.</summary>
    private async Task<IReadOnlyList<string>> BlobsNamingAsync(ExecutionId id)
    {
        BlobServiceClient account = new((await AzuriteProcess.GetAsync()).ConnectionString);
        List<string> found = [];
        await foreach (BlobContainerItem container in account.GetBlobContainersAsync(prefix: _prefix))
        {
            await foreach (BlobItem blob in account.GetBlobContainerClient(container.Name).GetBlobsAsync())
            {
                if (blob.Name.Contains(id.ToString(), StringComparison.Ordinal))
                {
                    found.Add($"{container.Name}/{blob.Name}");
                }
            }
        }
        return found;
    }

    private async Task RequireCellsAsync()
    {
        ProviderHealth health = await _host.Services.GetRequiredService<ContainerProviders>().All[0].CheckAsync(None);
        Skip.If(!health.IsHealthy, health.Problem);
    }

    private async Task UntilAsync(string id, string status, FunctionsHost? host = null)
    {
        IServiceProvider services = (host ?? _host).Services;
        IExecutionService executions = services.GetRequiredService<IExecutionService>();
        Core.Progress.ExecutionFeed feed = services.GetRequiredService<Core.Progress.ExecutionFeed>();
        Assert.True(ExecutionId.TryParse(id, out ExecutionId execution));
        await foreach (Core.Progress.LogEntry _ in feed.FollowAsync(execution, 0, None))
        {
            if ((await executions.FindAsync(TenantId.Default, execution, None))!.Status.ToString().Equals(status, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }
        Assert.Equal(status, (await executions.FindAsync(TenantId.Default, execution, None))!.Status.ToString(), ignoreCase: true);
    }
}
