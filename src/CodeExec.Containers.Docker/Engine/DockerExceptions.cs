using System.Net;

namespace CodeExec.Containers.Docker.Engine;

/// <summary>The engine did not do what it was asked.</summary>
internal abstract class DockerException(string message, Exception? inner) : Exception(message, inner);

/// <summary>The engine can not be reached, or does not answer in time. Nothing is known about what it did.</summary>
internal sealed class DockerUnavailableException(string message, Exception? inner = null) : DockerException(message, inner);

/// <summary>There is no such image, container or network.</summary>
internal sealed class DockerNotFoundException(string message) : DockerException(message, null);

/// <summary>It can not be done to what is there as it is now: a container that is being removed, a name that is taken.</summary>
internal sealed class DockerConflictException(string message) : DockerException(message, null);

/// <summary>Any other refusal, with the engine's own words.</summary>
internal sealed class DockerRefusedException(HttpStatusCode status, string message) : DockerException(message, null)
{
    public HttpStatusCode Status { get; } = status;
}
