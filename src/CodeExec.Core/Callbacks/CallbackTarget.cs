namespace CodeExec.Core.Callbacks;

/// <summary>Whom to tell of an end.</summary>
/// <param name="ProtectedSecret">Encrypted; null: deliveries are not signed.</param>
public sealed record CallbackTarget(string Url, string? ProtectedSecret);

/// <summary>As a client sends it.</summary>
public sealed record SubmittedCallback(string? Url, string? Secret);
