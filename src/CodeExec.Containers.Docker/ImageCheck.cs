using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using CodeExec.Containers.Docker.Engine;
using CodeExec.Core.Containers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Docker;

/// <summary>Whether an image is there, and fit to be run in: with this build's runner, and without folders that nothing limits.</summary>
internal sealed class ImageCheck(DockerClient docker, IOptions<DockerOptions> options, TimeProvider clock, ILogger<ImageCheck> logger)
{
    /// <summary>The SHA-256 of the runner that the image was built with; infra/images/build sets it.</summary>
    public const string RunnerLabel = "codeexec.runner";

    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromSeconds(10);

    private readonly DockerOptions _options = options.Value;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _fit = new(StringComparer.Ordinal);
    private readonly Lazy<string?> _runner = new(() => HashOf(RunnerBinary.Find(options.Value.RunnerPath)));

    /// <exception cref="ContainerUnavailableException">It is not; the message says what to do.</exception>
    public async Task RequireAsync(string image, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (_fit.TryGetValue(image, out DateTimeOffset seen) && now - seen < LooksAgainAfter)
        {
            return;
        }

        ImageInfo found = await FindAsync(image, cancellationToken);
        if (found.Config?.Volumes is { Count: > 0 } volumes)
        {
            throw new ContainerUnavailableException($"The image {image} declares VOLUME {string.Join(", ", volumes.Keys)}: nothing would limit what programs write there. Build it without (infra/images/README.md).");
        }

        if (found.Config?.Labels?.GetValueOrDefault(RunnerLabel) is { } theirs && _runner.Value is { } ours && theirs != ours)
        {
            throw new ContainerUnavailableException($"The image {image} holds the runner of another build. Build it anew: infra/images/build (a user's own image: docker build, after that).");
        }

        _fit[image] = now;
    }

    /// <summary>It may have gone since it was looked at.</summary>
    public void Forget(string image) => _fit.TryRemove(image, out _);

    public static string Missing(string image)
        => $"The image {image} is not there. Build it (infra/images/build; --only NAME for one), or have it pulled (docker pull, or Docker:PullMissing).";

    private async Task<ImageInfo> FindAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            return await docker.InspectImageAsync(image, cancellationToken);
        }
        catch (DockerNotFoundException) when (_options.PullMissing)
        {
            await PullAsync(image, cancellationToken);
            return await docker.InspectImageAsync(image, cancellationToken);
        }
        catch (DockerNotFoundException e)
        {
            throw new ContainerUnavailableException(Missing(image), e);
        }
    }

    private async Task PullAsync(string image, CancellationToken cancellationToken)
    {
        logger.Pulling(image);
        try
        {
            await foreach (PullProgress progress in docker.PullImageAsync(image, cancellationToken))
            {
                logger.PullProgress(image, progress.Status ?? "", progress.Id ?? "", progress.Progress ?? "");
            }
        }
        catch (Exception e) when (e is (DockerException and not DockerUnavailableException) or IOException or HttpRequestException or JsonException)
        {
            throw new ContainerUnavailableException($"The image {image} is not there and could not be pulled: {e.Message}", e);
        }

        logger.Pulled(image);
    }

    private static string? HashOf(string runner) => File.Exists(runner) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(runner))) : null;
}
