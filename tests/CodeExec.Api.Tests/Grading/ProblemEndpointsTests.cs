using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Grading;

public sealed class ProblemEndpointsTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartWithKeysAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Post_NewProblem_IsStoredAsItsFirstVersion()
    {
        JsonElement made = await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/problems", Sum());

        Assert.Equal(1, made.GetProperty("version").GetInt32());
        Assert.Equal(2, made.GetProperty("testCount").GetInt32());
        Assert.Equal(3m, made.GetProperty("maxScore").GetDecimal());
        await SendAsync(HttpStatusCode.Conflict, HttpMethod.Post, "/api/problems", Sum());
    }

    [Fact]
    public async Task Put_Changed_IsANewVersionAndTheEarlierOneStays()
    {
        await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/problems", Sum());
        JsonElement same = await SendAsync(HttpStatusCode.OK, HttpMethod.Put, "/api/problems/sum", Sum());
        JsonElement changed = await SendAsync(HttpStatusCode.OK, HttpMethod.Put, "/api/problems/sum", Sum(expected: "33"));

        Assert.Equal((1, 2), (same.GetProperty("version").GetInt32(), changed.GetProperty("version").GetInt32()));
        Assert.Equal("3", await ExpectedAsync("?version=1"));
        Assert.Equal("33", await ExpectedAsync("?version=2"));
        Assert.Equal("33", await ExpectedAsync(""));
        JsonElement versions = await SendAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/problems/sum/versions");
        Assert.Equal([2, 1], versions.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("version").GetInt32()));
        await SendAsync(HttpStatusCode.NotFound, HttpMethod.Get, "/api/problems/sum?version=3");
    }

    [Fact]
    public async Task Get_ByAReader_ShowsNothingHidden()
    {
        await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/problems", Sum());

        JsonElement seen = await SendAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/problems/sum", key: ApiHost.ReaderKey);
        Assert.Equal(["1"], seen.GetProperty("tests").EnumerateArray().Select(test => test.GetProperty("id").GetString()));
        Assert.Equal(1, seen.GetProperty("hiddenCount").GetInt32());
        await SendAsync(HttpStatusCode.NotFound, HttpMethod.Get, "/api/problems/sum/data?test=2&part=stdin", key: ApiHost.ReaderKey);
        await SendAsync(HttpStatusCode.NotFound, HttpMethod.Get, "/api/problems/sum/data?test=2&part=expected", key: ApiHost.SubmitterKey);
        Assert.Equal("2 2", await TextAsync("/api/problems/sum/data?test=2&part=stdin", ApiHost.AdminKey));
        Assert.Equal("1 2", await TextAsync("/api/problems/sum/data?test=1&part=stdin", ApiHost.ReaderKey));
    }

    [Fact]
    public async Task Everything_ByOthers_IsRefusedOrNotThere()
    {
        await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/problems", Sum());

        foreach (string key in new[] { ApiHost.ReaderKey, ApiHost.SubmitterKey })
        {
            await SendAsync(HttpStatusCode.Forbidden, HttpMethod.Post, "/api/problems", Sum(), key);
            await SendAsync(HttpStatusCode.Forbidden, HttpMethod.Put, "/api/problems/sum", Sum(), key);
            await SendAsync(HttpStatusCode.Forbidden, HttpMethod.Delete, "/api/problems/sum", null, key);
        }

        await SendAsync(HttpStatusCode.NotFound, HttpMethod.Get, "/api/problems/sum", key: ApiHost.OtherKey);
        await SendAsync(HttpStatusCode.NotFound, HttpMethod.Delete, "/api/problems/sum", key: ApiHost.OtherKey);
        Assert.Empty((await SendAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/problems", key: ApiHost.OtherKey)).GetProperty("items").EnumerateArray());
        await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/problems", Sum(), ApiHost.OtherKey);
    }

    [Fact]
    public async Task Delete_Problem_ForgetsAllOfIt()
    {
        await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/problems", Sum(stdin: new string('1', 10_000)));
        await SendAsync(HttpStatusCode.NoContent, HttpMethod.Delete, "/api/problems/sum");

        await SendAsync(HttpStatusCode.NotFound, HttpMethod.Get, "/api/problems/sum");
        await SendAsync(HttpStatusCode.NotFound, HttpMethod.Get, "/api/problems/sum?version=1");
        await SendAsync(HttpStatusCode.NotFound, HttpMethod.Delete, "/api/problems/sum");
        Core.Storage.IBlobStore blobs = (Core.Storage.IBlobStore)_host.Services.GetService(typeof(Core.Storage.IBlobStore))!;
        Assert.Empty(await blobs.ListAsync("problems/", CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Get_List_IsPagedInTheOrderOfIds()
    {
        foreach (string id in new[] { "c", "a", "b" })
        {
            await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/problems", Sum(id: id));
        }

        JsonElement first = await SendAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/problems?limit=2");
        JsonElement second = await SendAsync(HttpStatusCode.OK, HttpMethod.Get, $"/api/problems?limit=2&cursor={first.GetProperty("cursor").GetString()}");

        Assert.Equal(["a", "b"], first.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        Assert.Equal(["c"], second.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("cursor").ValueKind);
    }

    [Fact]
    public async Task Post_WrongInManyWays_SaysAllOfThemByField()
    {
        JsonElement refused = await SendAsync(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/problems", new
        {
            id = "A B",
            title = "",
            languages = new[] { "klingon" },
            limits = new Dictionary<string, object> { ["python"] = new { memoryMb = 0 } },
            tests = new[] { new { expected = "1", checker = "magic" } },
        });

        Assert.Equal(
            ["id", "languages[0]", "limits.python.memoryMb", "tests[0].checker.type", "title"],
            refused.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Get_ByItsAuthor_CanBeChangedAndSentBack()
    {
        object problem = new
        {
            id = "p",
            title = "P",
            checker = new { type = "program", language = "python", code = "import sys", protocol = "icpc" },
            tests = new object[]
            {
                new { stdin = "a", files = new[] { new { path = "f", content = "x" } }, limits = new { cpuTimeMs = 100 } },
                new { stdin = "b", expected = "c", hidden = true, checker = new { type = "float", absolute = 0.1 } },
                new { stdin = "c", checker = new { type = "regex", pattern = "^secret$" } },
            },
        };
        await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/problems", problem);
        JsonElement shown = await SendAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/problems/p");

        JsonElement same = await SendAsync(HttpStatusCode.OK, HttpMethod.Put, "/api/problems/p", shown);
        JsonElement changed = await SendAsync(HttpStatusCode.OK, HttpMethod.Put, "/api/problems/p", JsonSerializer.Deserialize<JsonElement>(shown.GetRawText().Replace("0.1", "0.2", StringComparison.Ordinal)));

        Assert.Equal((1, 2), (same.GetProperty("version").GetInt32(), changed.GetProperty("version").GetInt32()));
        Assert.Equal("import sys", shown.GetProperty("checker").GetProperty("files")[0].GetProperty("content").GetString());
        string seen = (await SendAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/problems/p", key: ApiHost.SubmitterKey)).GetRawText();
        Assert.DoesNotContain("import sys", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Harness_IsCheckedAndShownAndPartOfTheVersion()
    {
        static object Of(string path, string content) => new
        {
            id = "h",
            title = "H",
            tests = new[] { new { stdin = "1", expected = "1" } },
            harness = new { python = new { submission = "solution.py", files = new[] { new { path, content } } } },
        };

        JsonElement made = await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/problems", Of("main.py", "import solution"));
        Assert.Equal("main.py", made.GetProperty("harness").GetProperty("python").GetProperty("entry").GetString());
        Assert.Equal(1, (await SendAsync(HttpStatusCode.OK, HttpMethod.Put, "/api/problems/h", made)).GetProperty("version").GetInt32());
        Assert.Equal(2, (await SendAsync(HttpStatusCode.OK, HttpMethod.Put, "/api/problems/h", Of("main.py", "import solution as s"))).GetProperty("version").GetInt32());

        JsonElement refused = await SendAsync(HttpStatusCode.BadRequest, HttpMethod.Put, "/api/problems/h", Of("../main.py", ""));
        Assert.Equal(["harness.python.entry", "harness.python.files[0].path"], refused.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        refused = await SendAsync(HttpStatusCode.BadRequest, HttpMethod.Put, "/api/problems/h", Of("solution.py", ""));
        Assert.Equal(["harness.python.files"], refused.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Put_DataThatWereTooLongToBeShown_AreNotLostByIt()
    {
        await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/problems", Sum(stdin: new string('1', 10_000)));

        JsonElement refused = await SendAsync(HttpStatusCode.BadRequest, HttpMethod.Put, "/api/problems/sum", await SendAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/problems/sum"));

        Assert.Equal(["tests[0].stdin"], refused.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Import_Zip_MakesAProblemAndAgainANewVersion()
    {
        JsonElement made = await ImportAsync(HttpStatusCode.Created, "/api/problems/zipped/import?checker=tokens", ("1.in", "a"), ("1.out", "b"), ("sample1.in", "c"), ("sample1.out", "d"));
        JsonElement again = await ImportAsync(HttpStatusCode.OK, "/api/problems/zipped/import?title=Other", ("1.in", "a"), ("1.out", "b"));

        Assert.Equal((2, 1), (made.GetProperty("testCount").GetInt32(), made.GetProperty("hiddenCount").GetInt32()));
        Assert.Equal((2, "Other"), (again.GetProperty("version").GetInt32(), again.GetProperty("title").GetString()));
        JsonElement refused = await ImportAsync(HttpStatusCode.BadRequest, "/api/problems/zipped/import", ("readme", "a"));
        Assert.True(refused.GetProperty("errors").TryGetProperty("archive", out _));
        await SendAsync(HttpStatusCode.UnsupportedMediaType, HttpMethod.Post, "/api/problems/zipped/import", new { });
    }

    private static object Sum(string id = "sum", string stdin = "1 2", string expected = "3") => new
    {
        id,
        title = "A + B",
        tests = new object[] { new { stdin, expected }, new { stdin = "2 2", expected = "4", hidden = true, points = 2 } },
    };

    private async Task<string?> ExpectedAsync(string query)
        => (await SendAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/problems/sum" + query)).GetProperty("tests")[0].GetProperty("expected").GetString();

    private async Task<JsonElement> SendAsync(HttpStatusCode expected, HttpMethod method, string path, object? body = null, string key = ApiHost.AdminKey)
        => await SendAsync(expected, method, path, body is null ? null : JsonContent.Create(body), key);

    private async Task<JsonElement> ImportAsync(HttpStatusCode expected, string path, params (string Path, string Content)[] files)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string content) in files)
            {
                await using Stream entry = archive.CreateEntry(name).Open();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(content));
            }
        }

        ByteArrayContent sent = new(zip.ToArray());
        sent.Headers.ContentType = new("application/zip");
        return await SendAsync(expected, HttpMethod.Post, path, sent, ApiHost.AdminKey);
    }

    private async Task<JsonElement> SendAsync(HttpStatusCode expected, HttpMethod method, string path, HttpContent? content, string key)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        request.Headers.Add("X-Api-Key", key);
        using HttpResponseMessage response = await _host.Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{method} {path}: {response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<string> TextAsync(string path, string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("X-Api-Key", key);
        using HttpResponseMessage response = await _host.Http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
