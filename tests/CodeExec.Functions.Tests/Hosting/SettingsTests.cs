using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using CodeExec.Api.Hosting;
using CodeExec.Containers.Cells;
using CodeExec.Core.Batches;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Queues;
using CodeExec.Functions.Hosting;
using CodeExec.Functions.Triggers;
using CodeExec.Reviews.Claude;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>The files at the top of the repository that the Functions host reads.</summary>
public sealed class SettingsTests
{
    private static readonly string Root = FunctionsHost.FindRoot();
    private static readonly string Documentation = File.ReadAllText(Path.Combine(Root, "docs", "operations.md"));

    private static JsonElement Host => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Root, "host.json")));

    [Fact]
    public void LocalSettings_EachOfTheSample_IsExplained()
    {
        JsonElement sample = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Root, "local.settings.sample.json")));

        Assert.All(sample.GetProperty("Values").EnumerateObject(), setting => Assert.Contains($"`{setting.Name}`", Documentation, StringComparison.Ordinal));
        Assert.All(["Secrets__Key", "Auth__Keys__0__Key"], name => Assert.Equal("", sample.GetProperty("Values").GetProperty(name).GetString()));
    }

    /// <summary>In triggers and in host.json: the Functions host starts nothing while one of them has no value.</summary>
    [Fact]
    public void Names_InPercentSigns_AreSettingsOfTheSample()
    {
        string[] used =
        [
            .. typeof(ApiFunctions).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters()).SelectMany(parameter => parameter.GetCustomAttributes())
                .Select(attribute => attribute switch { QueueTriggerAttribute queue => queue.QueueName, TimerTriggerAttribute timer => timer.Schedule, _ => "" })
                .Append(File.ReadAllText(Path.Combine(Root, "host.json")))
                .SelectMany(text => Regex.Matches(text, "%([A-Za-z]+)%").Select(match => match.Groups[1].Value)).Distinct(),
        ];
        string sample = File.ReadAllText(Path.Combine(Root, "local.settings.sample.json"));

        Assert.Equal(["BatchQueue", "IntakeQueue", "SweepSchedule", "TaskHub"], used.Order(StringComparer.Ordinal));
        Assert.All(used, name => Assert.Contains($"\"{name}\":", sample, StringComparison.Ordinal));
    }

    [Fact]
    public void HostJson_EachKeyThatIsTuned_IsExplained()
    {
        IEnumerable<string> keys = Host.GetProperty("extensions").EnumerateObject().SelectMany(extension => extension.Value.EnumerateObject().Select(key => key.Name))
            .Concat(Host.EnumerateObject().Select(key => key.Name).Where(name => name is not ("version" or "extensions")));

        Assert.All(keys, key => Assert.Contains(key, Documentation, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_EachOfThem_IsInTheDocs()
    {
        Type[] sections = [.. Directory.GetFiles(AppContext.BaseDirectory, "CodeExec.*.dll").SelectMany(file => Assembly.LoadFrom(file).GetTypes())
            .Where(type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true })];
        string docs = string.Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Select(File.ReadAllText));

        Assert.True(sections.Length >= 12, string.Join(' ', sections.Select(type => type.Name)));
        Assert.All(sections, type => Assert.All(
            type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }),
            property => Assert.True(Regex.IsMatch(docs, $@"\b{property.Name}\b"), $"{type.Name}.{property.Name} stands nowhere in docs/.")));
    }

    /// <summary>The table says that all settings of the page count here, too, but for a few.</summary>
    [Fact]
    public async Task Options_OfEachSection_AreThoseOfTheSettings()
    {
        await using FunctionsHost host = await FunctionsHost.StartAsync(
            ("Storage:Azure:ConnectionString", "UseDevelopmentStorage=true"),
            ("Secrets:Key", Convert.ToBase64String(new byte[32])),
            ("Auth:Keys:0:Name", "admin"),
            ("Auth:Keys:0:Key", "key-of-the-settings-tests"),
            ("Auth:Keys:0:Role", "Admin"),
            ("Functions:Slice", "00:00:07"),
            ("Submissions:WallTimeMs", "7000"),
            ("Grading:Tests", "7"),
            ("Batches:ShardSize", "7"),
            ("Callbacks:Patience", "00:00:07"),
            ("Queues:MaxTries", "7"),
            ("Retention:Executions", "8.00:00:00"),
            ("Containers:Pool:MaxRunning", "7"),
            ("Cells:Cpus", "0.7"),
            ("Api:MaxBodyBytes", "70000"),
            ("Reviews:Claude:MaxTokens", "700"));

        Assert.Equal(TimeSpan.FromSeconds(7), Of<FunctionsHostOptions>(host).Slice);
        Assert.Equal(7000, Of<SubmissionCeilings>(host).WallTimeMs);
        Assert.Equal(7, Of<GradingOptions>(host).Tests);
        Assert.Equal(7, Of<BatchOptions>(host).ShardSize);
        Assert.Equal(TimeSpan.FromSeconds(7), Of<CallbackOptions>(host).Patience);
        Assert.Equal(7, Of<QueueOptions>(host).MaxTries);
        Assert.Equal(TimeSpan.FromDays(8), Of<RetentionOptions>(host).Executions);
        Assert.Equal(7, Of<ContainerPoolOptions>(host).MaxRunning);
        Assert.Equal(0.7, Of<CellsOptions>(host).Cpus);
        Assert.Equal(70_000, Of<ApiOptions>(host).MaxBodyBytes);
        Assert.Equal(700, Of<ClaudeOptions>(host).MaxTokens);
    }

    private static T Of<T>(FunctionsHost host)
        where T : class
        => host.Services.GetRequiredService<IOptions<T>>().Value;

    [Fact]
    public void HostJson_Queues_SpeakAsOursDo()
    {
        Assert.Equal("%TaskHub%", Host.GetProperty("extensions").GetProperty("durableTask").GetProperty("hubName").GetString());
        Assert.Equal("base64", Host.GetProperty("extensions").GetProperty("queues").GetProperty("messageEncoding").GetString());
        Assert.Equal("", Host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
    }

    [Fact]
    public void HostJson_FunctionTimeout_IsLongerThanAnActivityMayTake()
        => Assert.True(TimeSpan.Parse(Host.GetProperty("functionTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture) > new FunctionsHostOptions().ActivityLimit);

    [Theory]
    [InlineData(24, true)]
    [InlineData(25, false)]
    public void Slice_NearTheLimitOfAnActivity_IsRefusedAtStart(int minutes, bool fits)
        => Assert.Equal(fits, new SliceFits().Validate(null, new FunctionsHostOptions { Slice = TimeSpan.FromMinutes(minutes) }).Succeeded);
}
