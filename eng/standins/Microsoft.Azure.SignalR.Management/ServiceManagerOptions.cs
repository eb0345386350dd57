namespace Microsoft.Azure.SignalR.Management;

public enum ServiceTransportType
{
    Transient,
    Persistent,
}

public class ServiceManagerOptions
{
    public string ApplicationName { get; set; }

    public string ConnectionString { get; set; }

    public ServiceEndpoint[] ServiceEndpoints { get; set; }

    public ServiceTransportType ServiceTransportType { get; set; }

    public TimeSpan HttpClientTimeout { get; set; } = TimeSpan.FromSeconds(100);
}
