namespace CodeExec.Core.Access;

/// <summary>Ids of keys are random: a second one of the same id is a mistake of the caller.</summary>
public sealed class ApiKeyExistsException(string id) : InvalidOperationException($"There is an API key {id} already.")
{
    public string Id { get; } = id;
}
