using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Languages.Detection;
using CodeExec.Server.Languages;
using Microsoft.Extensions.Options;

namespace CodeExec.Server.Hosting;

/// <summary>Keeps the warm pool: fills it at the start, trims it now and then.</summary>
internal sealed class PoolService(ContainerPool pool, ContainerProviders providers, InstalledLanguages languages, IOptions<LanguagesOptions> options, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan TrimEvery = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await FillAsync(stoppingToken);
        using PeriodicTimer timer = new(TrimEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await pool.TrimAsync();
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        IContainerProvider provider = providers.Find(providers.Default)!;
        if (!(await provider.CheckAsync(cancellationToken)).IsHealthy)
        {
            return; // the start-up log says why
        }

        // Without a list: the languages whose interpreters can wait, for they gain the most.
        HashSet<string> wanted = [.. options.Value.Ready];
        foreach (DetectedLanguage language in languages.Installed)
        {
            bool ready = wanted.Count == 0
                ? language.Language.WarmUp is not null
                : wanted.Contains(language.Language.Id);
            if (ready)
            {
                pool.WarmUp(provider, ExecutionPlanner.Usual(language.Language), options.Value.ReadyCount);
            }
        }
    }
}
