using System.Text.Json;
using CodeExec.Core.Progress;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeExec.Push.SignalRService.Tests;

public sealed class SignalRServiceChannelTests : IAsyncLifetime
{
    private SignalRServiceDouble _service = null!;
    private SignalRServiceChannel _channel = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _service = await SignalRServiceDouble.StartAsync();
        _channel = Channel(_service.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task NegotiateAsync_Client_GetsTheServicesAddressAndATokenForIt()
    {
        LiveConnection connection = await _channel.NegotiateAsync("tenant/name", None);

        Assert.Equal(new Uri(_service.Address, "/client/?hub=executions"), connection.Url);
        JsonElement claims = _service.Verify(connection.AccessToken);
        Assert.Equal(connection.Url.ToString(), claims.GetProperty("aud").GetString());
        Assert.Equal(30 * 60, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Contains("tenant/name", claims.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ToAGroup_ReachesThoseWhoJoinedAndHaveNotLeft()
    {
        await _channel.JoinAsync("a", "execution:1", None);
        await _channel.JoinAsync("a", "execution:1", None);
        await _channel.JoinAsync("b", "execution:1", None);
        await _channel.JoinAsync("c", "execution:2", None);
        await _channel.LeaveAsync("b", "execution:1", None);
        await _channel.LeaveAsync("b", "execution:1", None);

        await SendAsync(new LiveAudience.Group("execution:1"), """{"executionId":"1","message":"žluť \u001b[1m"}""");

        (string connection, string name, JsonElement payload) = Assert.Single(_service.Delivered);
        Assert.Equal(("a", "log"), (connection, name));
        Assert.Equal("žluť \u001b[1m", payload.GetProperty("message").GetString());
        Assert.Equal(0, _service.Refused);
    }

    [Fact]
    public async Task SendAsync_ToAConnection_ReachesItAlone()
    {
        await _channel.JoinAsync("a", "execution:1", None);

        await SendAsync(new LiveAudience.Connection("b+ =?&"), "{}");

        Assert.Equal("b+ =?&", Assert.Single(_service.Delivered).Connection);
        Assert.Equal(0, _service.Refused);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task SendAsync_ServiceRefuses_IsToldAsOurException(int status)
    {
        _service.Failing = status;

        LiveChannelException refused = await Assert.ThrowsAsync<LiveChannelException>(() => SendAsync(new LiveAudience.Group("g"), "{}"));

        Assert.DoesNotContain(_service.Key, refused.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<LiveChannelException>(() => _channel.JoinAsync("a", "g", None));
    }

    [Fact]
    public async Task SendAsync_KeyOfAnotherService_IsRefused()
    {
        await using SignalRServiceChannel foreign = Channel(_service.ConnectionString.Replace(_service.Key, Convert.ToBase64String(new byte[32]), StringComparison.Ordinal));

        await Assert.ThrowsAsync<LiveChannelException>(() => foreign.SendAsync(new LiveAudience.Group("g"), "log", JsonSerializer.SerializeToElement("x"), None));

        Assert.Equal(1, _service.Refused);
    }

    [Fact]
    public async Task SendAsync_ServiceIsNotThere_IsToldAsOurException()
    {
        await using SignalRServiceChannel nowhere = Channel("Endpoint=http://127.0.0.1:1;AccessKey=AAAA;Version=1.0;");

        await Assert.ThrowsAsync<LiveChannelException>(() => nowhere.JoinAsync("a", "g", None));
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("Endpoint=https://a;AccessKey=b;", "https://a.example.org", false)]
    [InlineData(null, "ftp://a", false)]
    [InlineData(null, "https://a.example.org", true)]
    [InlineData("Endpoint=https://a;AccessKey=b;", null, true)]
    public async Task AddSignalRService_Settings_AreCheckedAtStart(string? connection, string? endpoint, bool good)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Push:SignalR:ConnectionString", connection), KeyValuePair.Create("Push:SignalR:Endpoint", endpoint)])
            .Build());
        await using ServiceProvider provider = services.AddSignalRService().BuildServiceProvider();

        Exception? found = Record.Exception(provider.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(good, found is null);
        if (good)
        {
            Assert.IsType<SignalRServiceChannel>(provider.GetRequiredService<ILiveChannel>());
        }
    }

    private static SignalRServiceChannel Channel(string connectionString)
        => new(Options.Create(new SignalRServiceOptions { ConnectionString = connectionString }), NullLoggerFactory.Instance);

    private Task SendAsync(LiveAudience audience, string payload) => _channel.SendAsync(audience, "log", JsonSerializer.Deserialize<JsonElement>(payload), None);
}
