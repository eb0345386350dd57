using System.Text;
using System.Text.Json;
using CodeExec.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Tests.Hosting;

public sealed class PipelineWithoutKestrelTests
{
    /// <summary>As a host would that gets its contexts from elsewhere (Azure Functions).</summary>
    [Fact]
    public async Task Pipeline_OverABareContext_ServesIt()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        RequestDelegate pipeline = new ApplicationBuilder(host.Services).MapCodeExecApi().Build();
        using MemoryStream answer = new();
        byte[] body = Encoding.UTF8.GetBytes("""{"language":"python","code":"x","stdin":"hi"}""");
        DefaultHttpContext context = new() { RequestServices = host.Services };
        context.Request.Method = "POST";
        context.Request.Host = new("localhost");
        context.Request.Path = "/api/executions";
        context.Request.QueryString = new("?wait=5");
        context.Request.ContentType = "application/json";
        context.Request.ContentLength = body.Length;
        context.Request.Body = new MemoryStream(body);
        context.Response.Body = answer;

        await pipeline(context);
        await context.Response.CompleteAsync();

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Equal("hi", JsonDocument.Parse(answer.ToArray()).RootElement.GetProperty("run").GetProperty("stdout").GetString());
    }
}
