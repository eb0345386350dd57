using System.Text.Json;
using CodeExec.Functions.Hosting;

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
    [InlineData(24, true)]
    [InlineData(25, false)]
    public void Slice_NearTheLimitOfAnActivity_IsRefusedAtStart(int minutes, bool fits)
        => Assert.Equal(fits, new SliceFits().Validate(null, new FunctionsHostOptions { Slice = TimeSpan.FromMinutes(minutes) }).Succeeded);
}
