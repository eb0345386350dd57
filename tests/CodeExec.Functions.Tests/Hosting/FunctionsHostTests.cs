using System.Text.Json;
using CodeExec.Contracts.Azurite;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>The HTTP surface, through the functions.</summary>
public sealed class FunctionsHostTests : OnAzurite
{
    [SkippableFact]
    public async Task Api_WithoutAKey_IsRefused()
    {
        Assert.Equal(401, (await Host.SendAsync("GET", "/api/executions")).Status);
        Assert.Equal(404, (await Host.SendAsync("GET", "/nowhere", null, Key)).Status);
        Assert.Equal(200, (await Host.SendAsync("GET", "/openapi/v1.json")).Status);
    }

    [SkippableFact]
    public async Task Api_ExecutionIsSubmitted_RunsThroughTheFunctionsToItsEnd()
    {
        await RequireCellsAsync();

        (int status, JsonElement run) = await Host.SendAsync("POST", "/api/executions?wait=60", new { language = "python", code = "print(input())", stdin = "through functions" }, Key);

        Assert.Equal(200, status);
        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal("through functions\n", run.GetProperty("run").GetProperty("stdout").GetString());
        string id = run.GetProperty("id").GetString()!;
        (_, JsonElement logs) = await Host.SendAsync("GET", $"/api/executions/{id}/logs", null, Key);
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
    public async Task Api_AttemptsOfAStudent_AreCountedExactlyByAllInstances()
    {
        await RequireCellsAsync();
        await using FunctionsHost other = await FunctionsHost.StartAsync(Settings(await AzuriteProcess.GetAsync()));
        await Host.SendAsync("PUT", "/api/problems/sum", new { title = "Sum", attempts = new { max = 3 }, tests = new[] { new { stdin = "1", expected = "1" } } }, Key);
        object submission = new { language = "python", code = "print(input())", student = "ann", problem = new { id = "sum" } };

        (int Status, JsonElement Body)[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? Host : other).SendAsync("POST", "/api/executions", submission, Key)));

        Assert.Equal((3, 17), (answers.Count(one => one.Status == 202), answers.Count(one => one.Status == 429)));
        foreach ((_, JsonElement accepted) in answers.Where(one => one.Status == 202))
        {
            await UntilAsync(accepted.GetProperty("id").GetString()!, "completed");
        }

        (_, JsonElement attempts) = await other.SendAsync("GET", "/api/problems/sum/attempts?student=ann", null, Key);
        Assert.Equal((3, 0), (attempts.GetProperty("used").GetInt32(), attempts.GetProperty("left").GetInt32()));
    }

    [SkippableFact]
    public async Task Api_ExecutionIsStopped_EndsAsCancelled()
    {
        await RequireCellsAsync();
        (_, JsonElement accepted) = await Host.SendAsync("POST", "/api/executions", new { language = "python", code = "import time\nprint('up', flush=True)\ntime.sleep(60)" }, Key);
        string id = accepted.GetProperty("id").GetString()!;
        await UntilAsync(id, "running");

        (int status, _) = await Host.SendAsync("POST", $"/api/executions/{id}/stop", null, Key);

        Assert.Equal(202, status);
        await UntilAsync(id, "cancelled");
    }

    private async Task UntilAsync(string id, string status, FunctionsHost? host = null)
    {
        IServiceProvider services = (host ?? Host).Services;
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
