using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CodeExec.Core.Containers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Cells.Templates;

/// <summary>The living templates, one a kind of cell; each is replaced after so many forks, or when it has ended.</summary>
internal sealed class TemplateShelf(IOptions<CellsOptions> options, ILogger<TemplateShelf> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ContainerSpec, SemaphoreSlim> _makers = new();
    private readonly ConcurrentDictionary<ContainerSpec, ForkTemplate> _templates = new();

    /// <summary>The template for this kind, for the caller to release; makes one when there is none.</summary>
    public async Task<ForkTemplate> TakeAsync(ContainerSpec spec, Func<Task<ForkTemplate>> make, CancellationToken cancellationToken)
    {
        if (TryTake(spec, out ForkTemplate? found))
        {
            return found;
        }

        SemaphoreSlim maker = _makers.GetOrAdd(spec, static _ => new SemaphoreSlim(1));
        await maker.WaitAsync(cancellationToken);
        try
        {
            if (TryTake(spec, out found))
            {
                return found;
            }

            if (found is { Failure: not null } or { HasEnded: true })
            {
                logger.TemplateEnded(spec.Language, found.Failure ?? "its process is gone");
            }

            ForkTemplate made = await make();
            made.TryUse(); // nobody else has it yet
            _templates[spec] = made;
            if (found is not null)
            {
                // Its cells are in its jail and end with it: it goes when the last of them has.
                await found.ReleaseAsync();
            }

            return made;
        }
        finally
        {
            maker.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ForkTemplate template in _templates.Values)
        {
            await template.DisposeAsync();
        }

        _templates.Clear();
    }

    /// <param name="found">Also one that is worn or on its way out.</param>
    private bool TryTake(ContainerSpec spec, [NotNullWhen(true)] out ForkTemplate? found)
        => _templates.TryGetValue(spec, out found) && !IsWorn(found) && found.TryUse();

    private bool IsWorn(ForkTemplate template) => template.Forks >= options.Value.ForksPerTemplate || template.Failure is not null || template.HasEnded;
}
