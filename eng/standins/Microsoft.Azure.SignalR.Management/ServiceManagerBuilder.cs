using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.SignalR.Management;

public class ServiceManagerBuilder
{
    private readonly ServiceManagerOptions _options = new();

    public ServiceManagerBuilder WithOptions(Action<ServiceManagerOptions> configure)
    {
        configure(_options);
        return this;
    }

    public ServiceManagerBuilder WithLoggerFactory(ILoggerFactory loggerFactory) => this;

    public ServiceManager BuildServiceManager() => new RestServiceManager(_options);
}
