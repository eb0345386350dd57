namespace CodeExec.Core.Containers;

/// <summary>A container that is there now, whoever made it.</summary>
/// <param name="Id">As <see cref="IContainer.Id"/>.</param>
/// <param name="Owner">The host that made it, by the name it was given in its settings.</param>
public sealed record OwnedContainer(string Id, string Owner, DateTimeOffset MadeAt);
