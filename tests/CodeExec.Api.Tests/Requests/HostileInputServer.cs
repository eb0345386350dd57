using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Requests;

/// <summary>
/// The server that hostile input is sent to. Section 5 of what we promise: no input is answered with 5xx, none is accepted
/// with two meanings, none tells of our inside.
/// </summary>
[CollectionDefinition(Name)]
public sealed class HostileInputServer : IAsyncLifetime, ICollectionFixture<HostileInputServer>
{
    public const string Name = "hostile input";

    internal const int MaxBody = 256 << 10;

    internal ApiHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await ApiHost.StartAsync(("Api:MaxBodyBytes", $"{MaxBody}"));

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
