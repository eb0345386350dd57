using CodeExec.Containers.Docker.Engine;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Containers.Docker.Tests;

/// <summary>The Docker provider of this machine's engine, for the tests of a class. Skips them, with the reason, where there is none or no image.</summary>
public sealed class DockerFixture : IAsyncLifetime
{
    public DockerFixture()
    {
        Services = BuildServices(HostName);
        Provider = Services.GetRequiredService<IContainerProvider>();
    }

    public string HostName { get; } = $"test-{Guid.NewGuid():n}"[..16];

    public IContainerProvider Provider { get; }

    /// <summary>Why nothing can be tested here; null if all can.</summary>
    public string? Problem { get; private set; }

    public static ContainerSpec Plain => new("python", "codeexec/python", null, 64, NetworkAccess.None);

    public static ContainerSpec Held => Plain with { Held = HeldInterpreter.For(HoldKind.Start, ["python3", "main.py"]) };

    public static ContainerSpec Compiler => new("c", "codeexec/cpp", null, 64, NetworkAccess.None);

    internal ServiceProvider Services { get; }

    internal DockerClient Docker => Services.GetRequiredService<DockerClient>();

    /// <summary>A provider as a host would have it.</summary>
    public static ServiceProvider BuildServices(string hostName, Action<DockerOptions>? configure = null)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<IImageLanguages, TestLanguages>();
        services.AddDocker();
        services.Configure<DockerOptions>(options =>
        {
            options.HostName = hostName;
            options.OutagePatience = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    public async Task InitializeAsync()
    {
        Problem = (await Provider.CheckAsync(CancellationToken.None)).Problem;
        foreach (ContainerSpec spec in new[] { Plain, Compiler }.Where(_ => Problem is null))
        {
            try
            {
                await Services.GetRequiredService<ImageCheck>().RequireAsync(spec.Image!, CancellationToken.None);
            }
            catch (ContainerUnavailableException e)
            {
                Problem = e.Message;
            }
        }
    }

    public IReadOnlyList<string> Leftovers() => [.. Docker.ListContainersAsync($"{ContainerRecipe.HostLabel}={HostName}", CancellationToken.None).GetAwaiter().GetResult().Select(one => one.Id)];

    public async Task DisposeAsync() => await Services.DisposeAsync();

    private sealed class TestLanguages : IImageLanguages
    {
        public IReadOnlyList<KeyValuePair<string, string>> EnvironmentFor(string language) => [.. ContainerHarness.Environment];

        public ContainerLimits? UsualLimitsFor(string language) => language == "python" ? new ContainerLimits((256L + 16) << 20, 72, 2) : null;
    }
}
