using System.Security.Claims;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Microsoft.Azure.SignalR.Management;

internal sealed class RestServiceManager : ServiceManager
{
    private readonly HttpClient _http;
    private readonly AccessTokens _tokens;

    public RestServiceManager(ServiceManagerOptions options)
    {
        _tokens = AccessTokens.Of(options);
        _http = new HttpClient { Timeout = options.HttpClientTimeout };
    }

    public override Task<ServiceHubContext> CreateHubContextAsync(string hubName, CancellationToken cancellationToken)
        => Task.FromResult<ServiceHubContext>(new RestHubContext(_tokens, _http, hubName));

    public override async Task<bool> IsServiceHealthy(CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync($"{_tokens.Endpoint.ToString().TrimEnd('/')}/api/v1/health", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public override void Dispose() => _http.Dispose();
}

internal sealed class RestHubContext(AccessTokens tokens, HttpClient http, string hub) : ServiceHubContext
{
    private readonly RestCalls _calls = new(tokens, http, hub);

    public override IHubClients Clients => new RestClients(_calls);

    public override GroupManager Groups => new RestGroups(_calls);

    public override ValueTask<NegotiationResponse> NegotiateAsync(NegotiationOptions negotiationOptions = null, CancellationToken cancellationToken = default)
    {
        NegotiationOptions options = negotiationOptions ?? new();
        string url = $"{tokens.Endpoint.ToString().TrimEnd('/')}/client/?hub={hub}";
        IEnumerable<KeyValuePair<string, string>> claims = (options.Claims ?? []).Select((Claim claim) => KeyValuePair.Create(claim.Type, claim.Value));
        return new(new NegotiationResponse { Url = url, AccessToken = tokens.ForClient(url, options.TokenLifetime, options.UserId, claims) });
    }

    public override Task DisposeAsync() => Task.CompletedTask;

    public override void Dispose()
    {
    }
}

internal sealed class RestGroups(RestCalls calls) : GroupManager
{
    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) => calls.AddAsync(connectionId, groupName, cancellationToken);

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) => calls.RemoveAsync(connectionId, groupName, cancellationToken);

    public override Task RemoveFromAllGroupsAsync(string connectionId, CancellationToken cancellationToken = default) => calls.RemoveFromAllAsync(connectionId, cancellationToken);
}

internal sealed class RestClients(RestCalls calls) : IHubClients
{
    public IClientProxy All => new RestProxy(calls, "");

    public IClientProxy Client(string connectionId) => new RestProxy(calls, $"/connections/{Uri.EscapeDataString(connectionId)}");

    public IClientProxy Group(string groupName) => new RestProxy(calls, $"/groups/{Uri.EscapeDataString(groupName)}");

    public IClientProxy User(string userId) => new RestProxy(calls, $"/users/{Uri.EscapeDataString(userId)}");

    public IClientProxy AllExcept(IReadOnlyList<string> excludedConnectionIds) => throw Unknown();

    public IClientProxy Clients(IReadOnlyList<string> connectionIds) => throw Unknown();

    public IClientProxy GroupExcept(string groupName, IReadOnlyList<string> excludedConnectionIds) => throw Unknown();

    public IClientProxy Groups(IReadOnlyList<string> groupNames) => throw Unknown();

    public IClientProxy Users(IReadOnlyList<string> userIds) => throw Unknown();

    private static NotSupportedException Unknown() => new("This stand-in does not know the call; see eng/standins/README.md.");
}

internal sealed class RestProxy(RestCalls calls, string to) : IClientProxy
{
    public Task SendCoreAsync(string method, object[] args, CancellationToken cancellationToken = default) => calls.SendAsync(to, method, args, cancellationToken);
}
