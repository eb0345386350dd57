using Azure.Core;

namespace Microsoft.Azure.SignalR;

public enum EndpointType
{
    Primary,
    Secondary,
}

public class ServiceEndpoint
{
    public ServiceEndpoint(string connectionString, EndpointType type = EndpointType.Primary, string name = "")
        => ConnectionString = connectionString;

    public ServiceEndpoint(Uri endpoint, TokenCredential credential, EndpointType endpointType = EndpointType.Primary, string name = "", Uri serverEndpoint = null, Uri clientEndpoint = null)
    {
        Address = endpoint;
        Credential = credential;
    }

    internal string ConnectionString { get; }

    internal Uri Address { get; }

    internal TokenCredential Credential { get; }
}
