namespace CodeExec.Storage.Local.Secrets;

/// <summary>There is no key to encrypt secrets with. The message says what to do; it never shows the key.</summary>
public sealed class SecretKeyException(string message, Exception? inner = null) : Exception(message, inner);
