using System.Text.Json.Nodes;

namespace CodeExec.Cli.Tests.Doubles;

/// <summary>One entry of an execution's feed, as the server sends it.</summary>
internal sealed record FeedItem(string Event, JsonObject Content)
{
    public static FeedItem Status(string status) => new("status", new JsonObject { ["status"] = status });

    public static FeedItem Result() => new("result", new JsonObject { ["status"] = "completed" });

    public static FeedItem Log(string message, string source = "stdout", string step = "run", bool partial = false)
    {
        JsonObject content = new() { ["level"] = "info", ["source"] = source, ["step"] = step, ["message"] = message };
        if (partial)
        {
            content["partial"] = true;
        }
        return new("log", content);
    }

    public string Data(int sequence)
    {
        JsonObject data = (JsonObject)Content.DeepClone();
        data["executionId"] = FakeServer.Id;
        data["sequence"] = sequence;
        data["timestamp"] = "2026-11-21T03:00:00Z";
        return data.ToJsonString();
    }
}
