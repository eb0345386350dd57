using System.IO.Pipelines;
using System.Text;
using CodeExec.Api.Grading;
using CodeExec.Core.Batches.Submitting;

namespace CodeExec.Api.Tests.Grading;

public sealed class BatchLinesTests
{
    private const string Ann = """{"id":"ann","language":"python","code":"print(3)"}""", Bob = """{"id":"bob","language":"python","code":"print(4)"}""";

    [Theory]
    [InlineData("\uFEFF" + Ann + "\r\n\r\n" + Bob + "\r\n")]
    [InlineData("\uFEFF{\"batch\":{\"name\":\"x\"}}\n" + Ann + "\n" + Bob)]
    [InlineData("\uFEFF\n" + Ann + "\n" + Bob)]
    [InlineData(Ann + "\n                                        " + Bob + "\n                                        \n")]
    public async Task ReadAsync_AsEditorsAndShellsWriteThem_AreAllThere(string lines)
        => Assert.Equal(["ann", "bob"], (await ReadAsync(lines)).Select(one => one.Key));

    [Fact]
    public async Task ReadAsync_MarkOfUtf8InTheMiddle_IsRefused()
        => Assert.Contains("Line 2", (await Assert.ThrowsAsync<BatchRefusedException>(() => ReadAsync(Ann + "\n\uFEFF" + Bob))).Message, StringComparison.Ordinal);

    private static async Task<BatchSubmission[]> ReadAsync(string lines)
    {
        BatchContent content = await BatchLines.ReadAsync(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(lines))), new BatchDraft(), default);
        return await content.Submissions.ToArrayAsync();
    }
}
