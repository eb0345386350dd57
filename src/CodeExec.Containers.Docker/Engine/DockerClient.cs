using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CodeExec.Containers.Docker.Engine;

/// <summary>The calls of the Docker Engine API that we use, each a method. Every one may throw a <see cref="DockerException"/>.</summary>
internal sealed class DockerClient(DockerTransport transport)
{
    public DockerAddress Address => transport.Address;

    public Task<EngineInfo> InfoAsync(CancellationToken cancellationToken)
        => transport.GetAsync("/info", DockerJson.Default.EngineInfo, cancellationToken);

    public Task<ImageInfo> InspectImageAsync(string image, CancellationToken cancellationToken)
        => transport.GetAsync($"/images/{Uri.EscapeDataString(image)}/json", DockerJson.Default.ImageInfo, cancellationToken);

    /// <summary>Fetches an image from its registry: what the engine says as it goes, to the end.</summary>
    public async IAsyncEnumerable<PullProgress> PullImageAsync(string image, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Without a tag, the engine would fetch every tag there is.
        string tagged = image.LastIndexOf(':') > image.LastIndexOf('/') || image.Contains('@', StringComparison.Ordinal) ? image : image + ":latest";
        using HttpResponseMessage response = await transport.OpenAsync(HttpMethod.Post, $"/images/create?fromImage={Uri.EscapeDataString(tagged)}", cancellationToken);
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (PullProgress? progress in JsonSerializer.DeserializeAsyncEnumerable(stream, DockerJson.Default.PullProgress, topLevelValues: true, cancellationToken))
        {
            if (progress?.Error is { } error)
            {
                throw new DockerNotFoundException(error);
            }

            if (progress is not null)
            {
                yield return progress;
            }
        }
    }

    /// <returns>Its id.</returns>
    /// <param name="name">By which it can be removed where the answer, and so its id, was lost.</param>
    public async Task<string> CreateContainerAsync(string name, NewContainer container, CancellationToken cancellationToken)
        => (await transport.PostAsync($"/containers/create?name={name}", DockerTransport.Json(container, DockerJson.Default.NewContainer), DockerJson.Default.CreatedContainer, cancellationToken)).Id;

    /// <summary>A connection to its stdin, and from its stdout and stderr in frames (<see cref="AttachedOutput"/>).</summary>
    public Task<Stream> AttachAsync(string id, CancellationToken cancellationToken)
        => transport.UpgradeAsync($"/containers/{id}/attach?stream=1&stdin=1&stdout=1&stderr=1", cancellationToken);

    public Task StartAsync(string id, CancellationToken cancellationToken)
        => transport.SendAsync(HttpMethod.Post, $"/containers/{id}/start", null, cancellationToken);

    public Task UpdateAsync(string id, ContainerUpdate update, CancellationToken cancellationToken)
        => transport.SendAsync(HttpMethod.Post, $"/containers/{id}/update", DockerTransport.Json(update, DockerJson.Default.ContainerUpdate), cancellationToken);

    /// <summary>Until it runs no more.</summary>
    public Task<ContainerExit> WaitAsync(string id, CancellationToken cancellationToken)
        => transport.PostAsync($"/containers/{id}/wait", null, DockerJson.Default.ContainerExit, cancellationToken);

    public Task<ContainerInfo> InspectContainerAsync(string id, CancellationToken cancellationToken)
        => transport.GetAsync($"/containers/{id}/json", DockerJson.Default.ContainerInfo, cancellationToken);

    /// <summary>Ends and removes it, with what it wrote. One that is gone, or on its way, counts as removed.</summary>
    public async Task RemoveContainerAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await transport.SendAsync(HttpMethod.Delete, $"/containers/{id}?force=1&v=1", null, cancellationToken);
        }
        catch (Exception e) when (e is DockerNotFoundException or DockerConflictException)
        {
            // Not found: gone already. Conflict: somebody else's removal is at it.
        }
    }

    /// <summary>All containers with this label ("name" or "name=value"), running or not.</summary>
    public Task<IReadOnlyList<ListedContainer>> ListContainersAsync(string label, CancellationToken cancellationToken)
    {
        string filters = Uri.EscapeDataString($$"""{"label":["{{JsonEncodedText.Encode(label)}}"]}""");
        return transport.GetAsync($"/containers/json?all=1&filters={filters}", DockerJson.Default.IReadOnlyListListedContainer, cancellationToken);
    }
}
