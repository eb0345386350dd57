using System.Text;
using CodeExec.Core.Grading.Interacting;

namespace CodeExec.Core.Tests.Grading.Interacting;

public sealed class TranscriptTests
{
    [Fact]
    public void Add_LinesInPieces_AreLinesOfWhoSaidThem()
        => Assert.Equal("> 500\n< <\n< again\n> 7", Of(100, (Speaker.Program, "50"), (Speaker.Program, "0\n"), (Speaker.Interactor, "<\nagain\n"), (Speaker.Program, "7")));

    [Fact]
    public void Add_OneBreaksIntoALineOfTheOther_BeginsALineOfItsOwn()
        => Assert.Equal("> 50\n< what?\n> 0\n", Of(100, (Speaker.Program, "50"), (Speaker.Interactor, "what?\n"), (Speaker.Program, "0\n")));

    [Fact]
    public void Add_MoreThanIsKept_IsCut()
        => Assert.Equal("> abc", Of(5, (Speaker.Program, "abcdef\n"), (Speaker.Interactor, "x\n")));

    private static string Of(int most, params (Speaker Speaker, string Said)[] all)
    {
        Transcript transcript = new(most);
        foreach ((Speaker speaker, string said) in all)
        {
            transcript.Add(speaker, Encoding.UTF8.GetBytes(said));
        }

        return transcript.Text(text => Encoding.UTF8.GetString(text.Bytes));
    }
}
