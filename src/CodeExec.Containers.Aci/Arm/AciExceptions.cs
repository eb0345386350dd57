namespace CodeExec.Containers.Aci.Arm;

/// <summary>What Azure Resource Manager answered instead of doing what it was asked.</summary>
internal abstract class AciException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>There is no such group, or container in it, any more.</summary>
internal sealed class AciNotFoundException(string message, Exception? inner = null) : AciException(message, inner);

/// <summary>A quota is spent or a region has no room. Nothing was made; later, or elsewhere, there may be.</summary>
internal sealed class AciNoRoomException(string message, TimeSpan? retryAfter, Exception? inner = null) : AciException(message, inner)
{
    /// <summary>What Azure said of when, if it did.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The request itself will not do: no right, no such image, a setting that Azure refuses.</summary>
internal sealed class AciRefusedException(string message, Exception? inner = null) : AciException(message, inner);

/// <summary>It does not answer, or with an error of its own.</summary>
internal sealed class AciUnavailableException(string message, Exception? inner = null) : AciException(message, inner);
