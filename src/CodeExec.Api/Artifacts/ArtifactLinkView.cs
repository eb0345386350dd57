namespace CodeExec.Api.Artifacts;

/// <summary>Where an artifact can be read directly, without a key, until the link expires.</summary>
internal sealed record ArtifactLinkView(string Url, DateTimeOffset ExpiresAt);
