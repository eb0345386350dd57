using System.Text.Json.Serialization.Metadata;
using CodeExec.Api.Hosting;

namespace CodeExec.Api.Live;

internal static class LiveEventJson
{
    public static void Write(this SseWriter line, LiveEvent live)
    {
        switch (live)
        {
            case StatusEvent status:
                line.WriteAs(status, ApiJson.Default.StatusEvent);
                break;
            case LogEvent log:
                line.WriteAs(log, ApiJson.Default.LogEvent);
                break;
            case ProgressEvent progress:
                line.WriteAs(progress, ApiJson.Default.ProgressEvent);
                break;
            case ResultEvent result:
                line.WriteAs(result, ApiJson.Default.ResultEvent);
                break;
            case ErrorEvent error:
                line.WriteAs(error, ApiJson.Default.ErrorEvent);
                break;
            case NodeEvent node:
                line.WriteAs(node, ApiJson.Default.NodeEvent);
                break;
            case DisplayEvent display:
                line.WriteAs(display, ApiJson.Default.DisplayEvent);
                break;
            default:
                throw new NotSupportedException($"No JSON is generated for the event '{live.Name}'.");
        }
    }

    private static void WriteAs<T>(this SseWriter line, T live, JsonTypeInfo<T> type)
        where T : LiveEvent
        => line.Write(live.Sequence, live.Name, live, type);
}
