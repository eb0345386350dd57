using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}

public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostApplicationBuilder _builder;

    internal FunctionsApplicationBuilder(string[] args) => _builder = Host.CreateApplicationBuilder(args);

    public ConfigurationManager Configuration => _builder.Configuration;

    public IServiceCollection Services => _builder.Services;

    public IHostEnvironment Environment => _builder.Environment;

    public ILoggingBuilder Logging => _builder.Logging;

    public IMetricsBuilder Metrics => _builder.Metrics;

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_builder).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => _builder.Configuration;

    public IHost Build() => _builder.Build();

    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull
        => ((IHostApplicationBuilder)_builder).ConfigureContainer(factory, configure);
}
