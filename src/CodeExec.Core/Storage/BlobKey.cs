using System.Buffers;
using System.Text;

namespace CodeExec.Core.Storage;

/// <summary>Turns names that users chose into one safe segment of a key, reversibly.</summary>
public static class BlobKey
{
    private const string Empty = "_";

    private static readonly SearchValues<char> SegmentCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>Lower-case letters, digits, '-' and '.' (not first) stand for themselves; every other byte is '_' and two hex digits; the empty name is "_".</summary>
    public static string Segment(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        StringBuilder key = new(name.Length + 8);
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            char c = (char)b;
            bool plain = c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' || (c == '.' && key.Length > 0);
            _ = plain ? key.Append(c) : key.Append('_').Append(b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return key.Length == 0 ? Empty : key.ToString();
    }

    /// <exception cref="ArgumentException">Not segments of the allowed characters parted by '/'.</exception>
    public static void Require(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (!AreSegments(key))
        {
            throw new ArgumentException($"'{key}' is not a blob key. Encode names that users chose with BlobKey.Segment.", nameof(key));
        }
    }

    public static bool IsKey(string? key) => !string.IsNullOrEmpty(key) && AreSegments(key);

    /// <exception cref="ArgumentException">Not a key followed by '/'.</exception>
    public static void RequirePrefix(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        if (!prefix.EndsWith('/') || !AreSegments(prefix.AsSpan(0, prefix.Length - 1)))
        {
            throw new ArgumentException($"'{prefix}' is not a prefix of blob keys: it must be a key followed by '/'.", nameof(prefix));
        }
    }

    private static bool AreSegments(ReadOnlySpan<char> key)
    {
        foreach (Range segment in key.Split('/'))
        {
            ReadOnlySpan<char> name = key[segment];
            if (name.IsEmpty || name[0] == '.' || name.ContainsAnyExcept(SegmentCharacters))
            {
                return false;
            }
        }
        return true;
    }
}
