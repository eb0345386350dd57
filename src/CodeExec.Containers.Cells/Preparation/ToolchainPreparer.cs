using System.Collections.Concurrent;
using CodeExec.Core.Containers;
using CodeExec.Core.Languages;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Cells.Preparation;

/// <summary>
/// Lets a toolchain make what it can ahead, in a cell like any other, when its language is first asked for. Nobody waits for it: until it
/// is there, and where it fails, programs are compiled without.
/// </summary>
internal sealed class ToolchainPreparer(PreparedToolchains toolchains, ILogger<ToolchainPreparer> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _begun = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _disposed;

    /// <param name="create">Makes the cell to work in.</param>
    /// <returns>When it is made, or has failed.</returns>
    public Task Want(string language, Func<ContainerSpec, CancellationToken, Task<IContainer>> create)
        => toolchains.For(language) is { IsReady: false } toolchain
            ? _begun.GetOrAdd(language, _ => new Lazy<Task>(() => Task.Run(() => TryPrepareAsync(toolchain, create, _stopping.Token)))).Value
            : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return; // the provider ends it before its ground goes, and the container once more
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(_begun.Values.Select(begun => begun.Value));
        _stopping.Dispose();
    }

    private async Task TryPrepareAsync(PreparedToolchain toolchain, Func<ContainerSpec, CancellationToken, Task<IContainer>> create, CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(toolchain, create, cancellationToken);
            logger.Prepared(toolchain.Language, toolchain.Ready);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.PreparationStopped(toolchain.Language);
        }
        catch (Exception e)
        {
            logger.PreparationFailed(toolchain.Language, e.Message);
        }
    }

    private static async Task PrepareAsync(PreparedToolchain toolchain, Func<ContainerSpec, CancellationToken, Task<IContainer>> create, CancellationToken cancellationToken)
    {
        string folder = toolchain.NewWorkFolder();
        Directory.CreateDirectory(folder);
        try
        {
            await using (IContainer container = await create(PreparationJob.Container(toolchain.Language), cancellationToken))
            {
                await using MadeFiles made = new(folder);
                await foreach (RunnerEvent received in container.RunAsync(PreparationJob.For(toolchain), PreparationJob.Limits, cancellationToken))
                {
                    await made.TakeAsync(received, cancellationToken);
                }

                made.ThrowIfFailed();
            }

            Publish(folder, toolchain);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void Publish(string folder, PreparedToolchain toolchain)
    {
        try
        {
            Directory.Move(Path.Combine(folder, ToolchainPreparation.Made), toolchain.Ready);
        }
        catch (IOException) when (toolchain.IsReady)
        {
            // Another server on this machine was faster, with the same.
        }
    }
}
