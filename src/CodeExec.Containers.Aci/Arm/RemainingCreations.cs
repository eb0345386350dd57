using System.Globalization;
using Azure;

namespace CodeExec.Containers.Aci.Arm;

/// <summary>How many groups Azure will still make for this subscription, as it said with the last one: whoever else makes some is counted. Null where it did not say.</summary>
internal sealed record RemainingCreations(int? InFiveMinutes, int? InAnHour)
{
    private const string Prefix = "x-ms-ratelimit-remaining-subscription-resource-requests-";

    public static RemainingCreations In(Response response) => new(Number(response, "pt5m"), Number(response, "pt1h"));

    private static int? Number(Response response, string window)
        => response.Headers.TryGetValue(Prefix + window, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
