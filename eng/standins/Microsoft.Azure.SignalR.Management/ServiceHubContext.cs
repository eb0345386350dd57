using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Microsoft.Azure.SignalR.Management;

public abstract class ServiceHubContext : IDisposable
{
    public virtual IHubClients Clients => throw new NotImplementedException();

    public virtual GroupManager Groups => throw new NotImplementedException();

    public virtual ValueTask<NegotiationResponse> NegotiateAsync(NegotiationOptions negotiationOptions = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task DisposeAsync() => throw new NotImplementedException();

    public virtual void Dispose() => throw new NotImplementedException();
}
