using System.Text;

namespace CodeExec.Core.Storage;

/// <summary>Turns names that users chose into one safe segment of a key, reversibly.</summary>
public static class BlobKey
{
    /// <summary>Lower-case letters, digits, '-' and '.' (not first) stand for themselves; every other byte is '_' and two hex digits.</summary>
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

        return key.ToString();
    }
}
