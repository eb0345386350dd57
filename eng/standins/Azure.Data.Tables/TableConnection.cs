using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>Where the tables are, and how requests to them are signed and sent.</summary>
internal sealed class TableConnection
{
    private const string DevelopmentAccount = "devstoreaccount1";
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private TableConnection(Uri endpoint, string query, HttpPipeline pipeline, string account)
    {
        Endpoint = endpoint;
        Query = query;
        Pipeline = pipeline;
        Account = account;
    }

    public Uri Endpoint { get; }

    /// <summary>The endpoint without an ending slash.</summary>
    public string Root => Endpoint.AbsoluteUri.TrimEnd('/');

    /// <summary>A shared access signature, or nothing.</summary>
    public string Query { get; }

    public HttpPipeline Pipeline { get; }

    public string Account { get; }

    public static TableConnection Of(string connectionString, TableClientOptions options)
    {
        Dictionary<string, string> parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0].Trim(), part => part.Length > 1 ? part[1].Trim() : "", StringComparer.OrdinalIgnoreCase);
        if (parts.TryGetValue("UseDevelopmentStorage", out string development) && bool.Parse(development))
        {
            return Of(new Uri($"http://127.0.0.1:10002/{DevelopmentAccount}"), new TableSharedKeyCredential(DevelopmentAccount, DevelopmentKey), options);
        }
        string account = parts.GetValueOrDefault("AccountName", "");
        Uri endpoint = new(parts.TryGetValue("TableEndpoint", out string given)
            ? given
            : $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{account}.table.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}");
        if (parts.TryGetValue("SharedAccessSignature", out string signature))
        {
            return new(endpoint, signature.TrimStart('?'), HttpPipelineBuilder.Build(options), account);
        }
        return Of(endpoint, new TableSharedKeyCredential(account, parts["AccountKey"]), options);
    }

    public static TableConnection Of(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions options)
        => new(Plain(endpoint), "", HttpPipelineBuilder.Build(options ?? new(), new SharedKeyLitePolicy(credential)), credential.AccountName);

    public static TableConnection Of(Uri endpoint, TokenCredential credential, TableClientOptions options)
        => new(Plain(endpoint), "", HttpPipelineBuilder.Build(options ?? new(), new BearerTokenAuthenticationPolicy(credential, "https://storage.azure.com/.default")), endpoint.Host.Split('.')[0]);

    private static Uri Plain(Uri endpoint) => new(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/'));
}
