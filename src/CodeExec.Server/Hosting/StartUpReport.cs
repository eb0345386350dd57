using CodeExec.Api.Access;
using CodeExec.Core.Containers;
using CodeExec.Core.Languages.Detection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace CodeExec.Server.Hosting;

/// <summary>What a person at the terminal wants to know once the server listens.</summary>
internal static class StartUpReport
{
    /// <summary>The first that this machine can run is shown. No quotes: they stand in a shell's.</summary>
    private static readonly (string Language, string Code)[] Samples =
    [
        ("python", "print(6 * 7)"), ("javascript", "console.log(6 * 7)"), ("bash", "echo $((6 * 7))"),
    ];

    public static async Task ReportAsync(this WebApplication app)
    {
        TextWriter output = Console.Out;
        IServer server = app.Services.GetRequiredService<IServer>();
        InstalledLanguages languages = app.Services.GetRequiredService<InstalledLanguages>();
        ContainerProviders providers = app.Services.GetRequiredService<ContainerProviders>();
        bool open = app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.Open;
        string address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "(no address)";
        await output.WriteLineAsync($"CodeExec listens on {address}");
        await output.WriteLineAsync("Languages: " + string.Join(", ", languages.Installed.Select(found => $"{found.Language.Name} {found.ToolchainVersion}")));
        foreach (DetectedLanguage missing in languages.Missing)
        {
            await output.WriteLineAsync($"  not installed: {missing.Language.Name} ({missing.InstallHint})");
        }

        foreach (IContainerProvider provider in providers.All)
        {
            ProviderHealth health = await provider.CheckAsync(app.Lifetime.ApplicationStopping);
            if (health.Problem is { } problem)
            {
                if (provider.Name != providers.Default)
                {
                    continue; // an execution that asks for it is told
                }

                await output.WriteLineAsync($"Nothing can run in {provider.Name} yet: {problem}");
            }

            foreach (string weakness in health.Weaknesses)
            {
                await output.WriteLineAsync($"Weaker than it could be ({provider.Name}): {weakness}");
            }
        }

        if (open)
        {
            await output.WriteLineAsync("No key is set: whoever reaches this address may use it. It listens on this machine only. (Auth:Keys sets keys.)");
        }

        if (Samples.FirstOrDefault(sample => languages.Find(sample.Language) is { IsInstalled: true }) is { Language: not null } tried)
        {
            await output.WriteLineAsync("Try it:");
            await output.WriteLineAsync($"  curl -s '{address}/api/executions?wait=10'{(open ? "" : " -H \"Authorization: Bearer $KEY\"")} -H 'Content-Type: application/json' -d '{{\"language\":\"{tried.Language}\",\"code\":\"{tried.Code}\"}}'");
        }

        await output.FlushAsync();
    }
}
