using System.Net;
using System.Text;
using CodeExec.Contracts.Time;
using CodeExec.Core.Storage;
using CodeExec.Storage.Azure.Accounts;
using CodeExec.Storage.Azure.Blobs;

namespace CodeExec.Storage.Azure.Tests.Blobs;

public sealed class AzureBlobLinksTests : IAsyncLifetime
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http = new();
    private AzureAccount _account = null!;
    private AzureBlobStore _blobs = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _account = await TemporaryAccount.OpenAsync();
        _blobs = await AzureBlobStore.OpenAsync(_account, None);
        await _blobs.WriteAsync("executions/1/artifacts/a", "hello"u8.ToArray(), None);
        await _blobs.WriteAsync("executions/1/artifacts/b", "other"u8.ToArray(), None);
    }

    public Task DisposeAsync()
    {
        _http.Dispose();
        return Task.CompletedTask;
    }

    [SkippableFact]
    public async Task CreateAsync_Artifact_IsReadAsADownloadUnderItsName()
    {
        BlobLink link = (await Links(TimeProvider.System).CreateAsync("executions/1/artifacts/a", "rapport \"ü\".html", None))!;

        using HttpResponseMessage answer = await _http.GetAsync(link.Address);

        Assert.Equal("hello", await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("rapport \"ü\".html", answer.Content.Headers.ContentDisposition?.FileNameStar);
    }

    [SkippableFact]
    public async Task CreateAsync_LinkToOneBlob_IsGoodForNeitherAnotherNorAWrite()
    {
        BlobLink link = (await Links(TimeProvider.System).CreateAsync("executions/1/artifacts/a", "a", None))!;

        using HttpResponseMessage other = await _http.GetAsync(link.Address.ToString().Replace("artifacts/a", "artifacts/b", StringComparison.Ordinal));
        using StringContent content = new("changed", Encoding.ASCII);
        using HttpRequestMessage write = new(HttpMethod.Put, link.Address) { Content = content };
        write.Headers.Add("x-ms-blob-type", "BlockBlob");
        using HttpResponseMessage written = await _http.SendAsync(write);

        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, written.StatusCode);
    }

    [SkippableFact]
    public async Task CreateForAppendingAsync_ItsBlob_IsMadeAndAppendedToAndReadByItsKey()
    {
        Uri link = await AppendingAsync(TimeProvider.System);

        Assert.Equal(HttpStatusCode.Created, await SendAsync(HttpMethod.Put, link, "", "", ("x-ms-blob-type", "AppendBlob")));
        Assert.Equal(HttpStatusCode.Created, await SendAsync(HttpMethod.Put, link, "&comp=appendblock", "one ", ("x-ms-blob-condition-appendpos", "0")));
        Assert.Equal(HttpStatusCode.Created, await SendAsync(HttpMethod.Put, link, "&comp=appendblock", "two", ("x-ms-blob-condition-appendpos", "4")));

        await using Stream read = (await _blobs.OpenReadAsync("sent/1", None))!;
        using StreamReader text = new(read);
        Assert.Equal("one two", await text.ReadToEndAsync());
    }

    [SkippableFact]
    public async Task CreateForAppendingAsync_AnythingElseWithIt_IsRefused()
    {
        Uri link = await AppendingAsync(TimeProvider.System);
        await SendAsync(HttpMethod.Put, link, "", "", ("x-ms-blob-type", "AppendBlob"));
        Uri other = new(link.ToString().Replace("sent/1", "sent/2", StringComparison.Ordinal));
        Uri container = new(link.ToString().Replace("/sent/1", "", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Get, link, "", null));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Head, link, "", null));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Delete, link, "", null));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Get, container, "&restype=container&comp=list", null));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Put, other, "", "", ("x-ms-blob-type", "AppendBlob")));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Put, link, "&comp=metadata", "", ("x-ms-meta-a", "b")));
        Assert.NotEqual(HttpStatusCode.Created, await SendAsync(HttpMethod.Put, link, "", "replaced", ("x-ms-blob-type", "BlockBlob")));
        Assert.Null(await _blobs.OpenReadAsync("sent/2", None));
        await using Stream read = (await _blobs.OpenReadAsync("sent/1", None))!;
        Assert.Equal(0, read.Length);
    }

    [SkippableFact]
    public async Task CreateForAppendingAsync_TimeIsUp_IsGoodForNothing()
    {
        Uri link = await AppendingAsync(new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddDays(-1)));

        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Put, link, "", "", ("x-ms-blob-type", "AppendBlob")));
    }

    [SkippableFact]
    public async Task CreateAsync_TimeIsUp_IsGoodForNothing()
    {
        ManualTimeProvider yesterday = new(TimeProvider.System.GetUtcNow().AddDays(-1));

        BlobLink link = (await Links(yesterday).CreateAsync("executions/1/artifacts/a", "a", None))!;

        using HttpResponseMessage answer = await _http.GetAsync(link.Address);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(yesterday.GetUtcNow() + Lifetime, link.ExpiresAt);
    }

    [SkippableFact]
    public async Task CreateAsync_NoSuchBlob_GivesNone() => Assert.Null(await Links(TimeProvider.System).CreateAsync("executions/1/none", "a", None));

    private async Task<Uri> AppendingAsync(TimeProvider clock) => (await Links(clock).CreateForAppendingAsync("sent/1", Lifetime, None)).Address;

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, Uri link, string query, string? content, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, new Uri(link + query)) { Content = content is null ? null : new StringContent(content, Encoding.ASCII) };
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }
        using HttpResponseMessage answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    private AzureBlobLinks Links(TimeProvider clock) => new(_account, Lifetime, clock);
}
