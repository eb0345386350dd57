namespace CodeExec.Runner.Workspaces;

/// <summary>A pattern of paths: '*' and '?' stand for any characters within a name, '**' for any number of names.</summary>
internal sealed class Glob
{
    private const string AnyNames = "**";

    private readonly string[] _parts;

    public Glob(string pattern) => _parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();

    public bool Matches(IReadOnlyList<string> names)
    {
        // As within a name below: on a mismatch only the latest '**' takes one more, so the time stays a product of the lengths.
        int part = 0, name = 0, retryPart = -1, retryName = 0;
        while (name < names.Count)
        {
            if (part < _parts.Length && _parts[part] == AnyNames)
            {
                retryPart = ++part;
                retryName = name;
            }
            else if (part < _parts.Length && NameMatches(_parts[part], names[name]))
            {
                part++;
                name++;
            }
            else if (retryPart >= 0)
            {
                part = retryPart;
                name = ++retryName;
            }
            else
            {
                return false;
            }
        }

        while (part < _parts.Length && _parts[part] == AnyNames)
        {
            part++;
        }

        return part == _parts.Length;
    }

    /// <summary>Whether a path below this folder may match.</summary>
    public bool MayMatchBelow(IReadOnlyList<string> folder)
    {
        for (int i = 0; i < folder.Count; i++)
        {
            if (i >= _parts.Length)
            {
                return false;
            }

            if (_parts[i] == AnyNames)
            {
                return true;
            }

            if (!NameMatches(_parts[i], folder[i]))
            {
                return false;
            }
        }

        return folder.Count < _parts.Length;
    }

    private static bool NameMatches(string pattern, string name)
    {
        int at = 0, read = 0, retryAt = -1, retryRead = 0;
        while (read < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                retryAt = ++at;
                retryRead = read;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == name[read]))
            {
                at++;
                read++;
            }
            else if (retryAt >= 0)
            {
                at = retryAt;
                read = ++retryRead;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }
}
