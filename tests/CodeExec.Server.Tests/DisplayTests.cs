using System.Net;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>What programs show, from the program to the client.</summary>
public sealed class DisplayTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private ServerProcess Server => fixture.Server;

    /// <summary>As a language's usual program, with an interpreter that waited where there is one, and cold.</summary>
    [SkippableTheory]
    [InlineData("python", "from codeexec import display\ndisplay({'a': 1}, name='x')", null)]
    [InlineData("python", "from codeexec import display\ndisplay({'a': 1}, name='x')", "PYTHONPATH")]
    [InlineData("javascript", "require('codeexec').display({ a: 1 }, { name: 'x' })", null)]
    [InlineData("javascript", "require('codeexec').display({ a: 1 }, { name: 'x' })", "NODE_PATH")]
    [InlineData("typescript", "import { display } from 'codeexec';\nconst shown: string = display({ a: 1 }, { name: 'x' });", null)]
    [InlineData("bash", "printf '{\"a\": 1}' > \"$CODEEXEC_DISPLAY/x.json\"", null)]
    [InlineData("c", "#include <stdio.h>\n#include <stdlib.h>\nint main() { char path[100]; sprintf(path, \"%s/x.json\", getenv(\"CODEEXEC_DISPLAY\")); FILE *file = fopen(path, \"w\"); fputs(\"{\\\"a\\\": 1}\", file); return 0; }", null)]
    public async Task Run_ShowsSomething_ItStandsInTheResult(string language, string code, string? folders)
    {
        fixture.Require(language);
        Dictionary<string, string> env = folders is null ? [] : new() { [folders] = "/workspace/lib" };
        JsonElement run = await Server.RunAsync(new { language, code, env });

        Assert.Equal(("completed", ""), (run.Text("status"), run.At("run").Text("stderr")));
        JsonElement shown = Assert.Single(run.At("displays").EnumerateArray());
        Assert.Equal(("1.json", "x.json", "application/json", "run", "utf8"), (shown.Text("id"), shown.Text("name"), shown.Text("mime"), shown.Text("step"), shown.Text("encoding")));
        Assert.Equal("{\"a\":1}", shown.Text("data")!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(shown.Text("data"), await Server.Http.GetStringAsync(shown.Text("url")));
    }

    [SkippableFact]
    public async Task Run_ListsItsWorkspace_FindsNothingOfOurs()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new { language = "python", code = "import os\nprint(os.listdir('.'), os.listdir('/tmp'))" });

        Assert.Equal("['main.py'] []\n", run.At("run").Text("stdout"));
        Assert.Empty(run.At("displays").EnumerateArray());
    }

    [SkippableFact]
    public async Task Run_ShowsAPlot_ItIsAnImageWithoutAWordOfOurs()
    {
        fixture.Require("python");
        Skip.If((await Server.RunAsync(new { language = "python", code = "import matplotlib" })).Text("status") != "completed", "matplotlib is not installed: apt-get install -y python3-matplotlib");
        const string Code = """
            import matplotlib.pyplot as plt
            plt.plot([1, 2]); plt.show()
            plt.plot([2, 1]); plt.figure(); plt.plot([3]); plt.show()
            print(plt.get_fignums())
            """;

        JsonElement run = await Server.RunAsync(new { language = "python", code = Code, limits = new { wallTimeMs = 60_000, cpuTimeMs = 60_000 } });

        Assert.Equal(("[]\n", ""), (run.At("run").Text("stdout"), run.At("run").Text("stderr")));
        Assert.Equal(["figure-1.png", "figure-2.png", "figure-3.png"], run.At("displays").EnumerateArray().Select(shown => shown.Text("name")));
        Assert.All(run.At("displays").EnumerateArray(), shown => Assert.Equal("image/png", shown.Text("mime")));
    }

    [SkippableFact]
    public async Task Run_GoesOnAfterItShowed_ViewersSeeItAndTheBytesAreThere()
    {
        fixture.Require("python");
        JsonElement begun = await Server.RunAsync(
            new { language = "python", code = "import os, time\nopen(os.environ['CODEEXEC_DISPLAY'] + '/a.md', 'w').write('# early')\ntime.sleep(600)", limits = new { wallTimeMs = 600_000 } }, wait: 0);
        string id = begun.Text("id")!;

        JsonElement told = await FirstAsync(id, "display");
        Assert.Equal(("1.md", "# early"), (told.At("display").Text("id"), told.At("display").Text("data")));
        Assert.Equal("# early", await Server.Http.GetStringAsync(told.At("display").Text("url")));

        using HttpResponseMessage stopped = await Server.Http.PostAsync($"/api/executions/{id}/stop", null);
        JsonElement ended = await Server.UntilEndedAsync(id);
        Assert.Equal("1.md", Assert.Single(ended.At("displays").EnumerateArray()).Text("id"));

        using HttpResponseMessage deleted = await Server.Http.DeleteAsync($"/api/executions/{id}");
        using HttpResponseMessage gone = await Server.Http.GetAsync(told.At("display").Text("url"));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, gone.StatusCode));
    }

    [SkippableFact]
    public async Task Run_ShowsASecret_NobodySeesIt()
    {
        fixture.Require("bash");
        JsonElement run = await Server.RunAsync(new
        {
            language = "bash",
            code = "cd $CODEEXEC_DISPLAY; echo \"<b>$TOKEN</b>\" > $TOKEN.html",
            secrets = new Dictionary<string, string> { ["TOKEN"] = "s3cr3t-canary" },
        });

        JsonElement shown = Assert.Single(run.At("displays").EnumerateArray());
        Assert.Equal(("***.html", "<b>***</b>\n"), (shown.Text("name"), shown.Text("data")));
    }

    [SkippableFact]
    public async Task Grade_ShowsSomething_NothingOfItIsKept()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = "from codeexec import display\ndisplay('x')\nprint(1)",
            tests = new object[] { new { stdin = "", expected = "1\n" }, new { stdin = "", expected = "1\n", hidden = true } },
        });

        Assert.Equal("accepted", run.Text("verdict"));
        Assert.Empty(run.At("displays").EnumerateArray());
    }

    private async Task<JsonElement> FirstAsync(string id, string name)
    {
        using HttpResponseMessage response = await Server.Http.GetAsync($"/api/executions/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == $"event: {name}")
            {
                string data = (await reader.ReadLineAsync())!;
                return JsonDocument.Parse(data["data: ".Length..]).RootElement;
            }
        }

        throw new InvalidOperationException($"The feed ended without a '{name}' event.");
    }
}
