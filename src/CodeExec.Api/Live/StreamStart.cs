using System.Globalization;
using CodeExec.Api.Requests;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Live;

/// <summary>Where a stream begins.</summary>
/// <param name="After">The last sequence that the viewer has; 0 for none.</param>
/// <param name="IsReconnect">A browser came back by itself, and would do so for ever if it were not told that all is said.</param>
internal sealed record StreamStart(long After, bool IsReconnect)
{
    /// <summary>The header of a browser that reconnects counts before the query, which is still that of its first request.</summary>
    public static StreamStart Read(HttpRequest request, QueryReader query, FieldErrors errors)
    {
        long after = query.Integer("after", 0, long.MaxValue, 0);
        string last = request.Headers["Last-Event-ID"].ToString();
        if (last.Length == 0)
        {
            return new(after, false);
        }

        if (long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
        {
            return new(sequence, true);
        }

        errors.Add("Last-Event-ID", "Must be the id of an event of this stream.");
        return new(after, true);
    }
}
