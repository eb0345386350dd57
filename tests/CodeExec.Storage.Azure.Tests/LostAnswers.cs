using Azure.Core;
using Azure.Core.Pipeline;

namespace CodeExec.Storage.Azure.Tests;

/// <summary>A network that carries a request and loses the answer to it, when it is told to.</summary>
internal sealed class LostAnswers : HttpPipelineTransport
{
    private readonly HttpClientTransport _usual = new();

    /// <summary>Lose the answer to the next transaction.</summary>
    public bool LosesTheNext { get; set; }

    public override Request CreateRequest() => _usual.CreateRequest();

    public override void Process(HttpMessage message) => _usual.Process(message);

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        await _usual.ProcessAsync(message);
        if (LosesTheNext && message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
        {
            LosesTheNext = false;
            throw new IOException("the answer was lost");
        }
    }
}
