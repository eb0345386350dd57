using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace CodeExec.Core.Attempts.Submitting;

/// <summary>Durations as ISO 8601 has them. Without years and months, which are of no length.</summary>
public static partial class IsoDuration
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        Match match = Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        long[] parts = [.. match.Groups.Values.Skip(1).Select(part => part.Length == 0 ? 0 : long.Parse(part.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))];
        duration = TimeSpan.FromDays((parts[0] * 7) + parts[1]) + TimeSpan.FromSeconds((parts[2] * 3600) + (parts[3] * 60) + parts[4]);
        return true;
    }

    public static string Text(TimeSpan duration) => XmlConvert.ToString(duration);

    // Something must stand behind P and behind T; and numbers are so short that nothing can overflow.
    [GeneratedRegex(@"^P(?!\z)(?:([0-9]{1,4})W|(?:([0-9]{1,6})D)?(?:T(?!\z)(?:([0-9]{1,6})H)?(?:([0-9]{1,8})M)?(?:([0-9]{1,9})S)?)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
