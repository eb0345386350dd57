using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>The answer to one action of a transaction.</summary>
internal sealed class PartResponse(int status, Dictionary<string, string> headers, string body) : Response
{
    public override int Status => status;

    public override string ReasonPhrase => "";

    public override Stream ContentStream { get; set; } = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));

    public override string ClientRequestId { get; set; } = "";

    public string Body => body;

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool ContainsHeader(string name) => headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.Select(header => new HttpHeader(header.Key, header.Value));

    protected override bool TryGetHeader(string name, out string value) => headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, out IEnumerable<string> values)
    {
        values = headers.TryGetValue(name, out string value) ? [value] : null;
        return values is not null;
    }
}
