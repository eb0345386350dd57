using System.Text.Json;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Functions.Hosting;
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

    [Fact]
    public void HostJson_EachSettingInPercentSigns_IsInTheSample()
    {
        string sample = File.ReadAllText(Path.Combine(Root, "local.settings.sample.json"));

        Assert.Contains("\"TaskHub\"", sample, StringComparison.Ordinal);
        Assert.Equal("%TaskHub%", Host.GetProperty("extensions").GetProperty("durableTask").GetProperty("hubName").GetString());
        Assert.Equal("base64", Host.GetProperty("extensions").GetProperty("queues").GetProperty("messageEncoding").GetString());
        Assert.Equal("", Host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
    }

    [Fact]
    public void HostJson_FunctionTimeout_IsLongerThanAnActivityMayTake()
        => Assert.True(TimeSpan.Parse(Host.GetProperty("functionTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture) > new FunctionsHostOptions().ActivityLimit);

    [Theory]
    [InlineData(600_000, true)]
    [InlineData(600_001, false)]
    public void Ceilings_ProgramsThatCouldOutliveTheirActivity_AreRefusedAtStart(int wallTimeMs, bool fits)
        => Assert.Equal(fits, new CeilingsFit(Options.Create(new FunctionsHostOptions())).Validate(null, new SubmissionCeilings { WallTimeMs = wallTimeMs }).Succeeded);
}
