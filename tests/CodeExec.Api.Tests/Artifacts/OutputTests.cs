using System.Net;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Executions.Results;

namespace CodeExec.Api.Tests.Artifacts;

public sealed class OutputTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private string _id = "";

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _host.Executions.Outputs["raw"] = "a\u00ff\u0000b";
        _host.Executions.OnAccepted = (service, record, _) => service.EndAsync(
            record, "", "", new ExecutionOutcome.Exited(0), run: new StepResult { Stdout = new("a\ufffd", "raw", 4, false), Stderr = new("žluť", null, 6, false) });
        _id = await _host.SubmitAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Output_NotUtf8_IsThereToTheByte()
    {
        using HttpResponseMessage answer = await _host.Http.GetAsync($"/api/executions/{_id}/outputs/run/stdout");

        Assert.Equal([(byte)'a', 0xff, 0, (byte)'b'], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task Output_ShortText_IsThereToo()
    {
        Answer answer = await _host.GetAsync($"/api/executions/{_id}/outputs/run/stderr");

        Assert.Equal("žluť", answer.Text);
        Assert.Equal("6", answer.Headers["Content-Length"]);
    }

    [Theory]
    [InlineData("compile/stdout")]
    [InlineData("run/stdin")]
    [InlineData("other/stdout")]
    public async Task Output_ThatIsNotThere_Is404(string output)
        => Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync($"/api/executions/{_id}/outputs/{output}")).Status);
}
