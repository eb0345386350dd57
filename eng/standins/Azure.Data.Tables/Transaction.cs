using System.Globalization;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>A changeset as a multipart body, and its answer.</summary>
internal static class Transaction
{
    public static (string ContentType, byte[] Body) Write(Func<ITableEntity, string> addressOf, string table, IReadOnlyList<TableTransactionAction> actions)
    {
        string batch = "batch_" + Guid.NewGuid();
        string changes = "changeset_" + Guid.NewGuid();
        StringBuilder body = new();
        body.Append($"--{batch}\r\nContent-Type: multipart/mixed; boundary={changes}\r\n\r\n");
        foreach (TableTransactionAction action in actions)
        {
            body.Append($"--{changes}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            (string verb, bool ifMatch) = action.ActionType switch
            {
                TableTransactionActionType.Add => ("POST", false),
                TableTransactionActionType.UpdateReplace => ("PUT", true),
                TableTransactionActionType.UpdateMerge => ("PATCH", true),
                TableTransactionActionType.UpsertReplace => ("PUT", false),
                TableTransactionActionType.UpsertMerge => ("PATCH", false),
                _ => ("DELETE", true),
            };
            body.Append($"{verb} {(action.ActionType == TableTransactionActionType.Add ? table : addressOf(action.Entity))} HTTP/1.1\r\n");
            body.Append("Accept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n");
            if (ifMatch)
            {
                body.Append($"If-Match: {(action.ETag == default ? "*" : action.ETag.ToString())}\r\n");
            }
            if (verb == "DELETE")
            {
                body.Append("\r\n\r\n");
                continue;
            }
            if (verb == "POST")
            {
                body.Append("Prefer: return-no-content\r\n");
            }
            body.Append($"Content-Type: application/json;odata=nometadata\r\n\r\n{Encoding.UTF8.GetString(EntityJson.Write(action.Entity))}\r\n");
        }
        body.Append($"--{changes}--\r\n--{batch}--\r\n");
        return ($"multipart/mixed; boundary={batch}", Encoding.UTF8.GetBytes(body.ToString()));
    }

    public static List<PartResponse> Read(string answer)
    {
        List<PartResponse> parts = [];
        using StringReader reader = new(answer);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
            {
                continue;
            }
            int status = int.Parse(line.AsSpan(9, 3), CultureInfo.InvariantCulture);
            Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
            while (reader.ReadLine() is { Length: > 0 } header)
            {
                string[] pair = header.Split(':', 2);
                headers[pair[0]] = pair.Length > 1 ? pair[1].Trim() : "";
            }
            StringBuilder body = new();
            while (reader.ReadLine() is { } text && !text.StartsWith("--", StringComparison.Ordinal))
            {
                body.Append(text);
            }
            parts.Add(new PartResponse(status, headers, body.ToString()));
        }
        return parts;
    }
}
