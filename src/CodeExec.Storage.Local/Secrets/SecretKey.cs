using System.Security.Cryptography;
using System.Text;
using CodeExec.Storage.Local.Folders;

namespace CodeExec.Storage.Local.Secrets;

/// <summary>Where the key comes from: the setting, or a file that is made once.</summary>
internal static class SecretKey
{
    public const int Length = 32;

    private const UnixFileMode OthersRights = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <exception cref="SecretKeyException"></exception>
    public static byte[] FromSetting(string base64)
    {
        byte[] key = new byte[Length + 3]; // room to see that it is too long
        return Convert.TryFromBase64String(base64.Trim(), key, out int length) && length == Length
            ? key[..Length]
            : throw new SecretKeyException("The setting Secrets:Key is not 32 bytes in base64. Make one with: openssl rand -base64 32");
    }

    /// <exception cref="SecretKeyException"></exception>
    public static byte[] FromFile(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                Make(path);
            }
            return Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretKeyException($"The key file '{path}' can not be read or made: {e.Message}", e);
        }
    }

    /// <summary>Under another name first: a file of the right name is always whole, and of two that make it at once one wins.</summary>
    private static void Make(string path)
    {
        string made = $"{path}.{Guid.NewGuid():n}";
        try
        {
            using (FileStream file = DurableFiles.CreateNew(made))
            {
                file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)) + "\n"));
                file.Flush(flushToDisk: true);
            }
            File.Move(made, path, overwrite: false);
            DurableFiles.FlushFolder(Path.GetDirectoryName(path)!);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Somebody else was first: theirs is the key.
        }
        finally
        {
            File.Delete(made);
        }
    }

    private static byte[] Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersRights) != 0)
        {
            throw new SecretKeyException($"Others may read the key file '{path}'. Run: chmod 600 '{path}'. If somebody may have read it, the secrets under it are no longer secret.");
        }
        using StreamReader reader = new(DurableFiles.OpenRead(path));
        byte[] key = new byte[Length + 3];
        return Convert.TryFromBase64String(reader.ReadToEnd().Trim(), key, out int length) && length == Length
            ? key[..Length]
            : throw new SecretKeyException($"The key file '{path}' does not hold 32 bytes in base64. Restore it from a backup; without it the secrets stored so far can not be read. To start anew, delete it.");
    }
}
