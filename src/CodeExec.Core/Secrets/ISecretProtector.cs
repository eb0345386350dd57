namespace CodeExec.Core.Secrets;

/// <summary>Encrypts what must not lie in a store in the clear.</summary>
public interface ISecretProtector
{
    string Protect(string secret);

    /// <exception cref="SecretUnreadableException">Encrypted under another key, or damaged.</exception>
    string Unprotect(string protectedSecret);
}

public sealed class SecretUnreadableException(Exception? inner)
    : Exception("A stored secret can not be decrypted: the key (Secrets:Key, or secrets.key in the data folder) is not the one it was encrypted with.", inner);
