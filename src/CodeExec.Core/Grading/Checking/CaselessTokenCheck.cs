using System.Text;
using System.Text.Unicode;

namespace CodeExec.Core.Grading.Checking;

/// <summary>Word by word, whatever white space is between them and whether letters are large or small.</summary>
internal sealed class CaselessTokenCheck(ReadOnlyMemory<byte> expected) : TokenCheck(expected)
{
    protected override bool AreEqual(ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> word)
        => wanted.SequenceEqual(word)
            || (Utf8.IsValid(wanted) && Utf8.IsValid(word) // else all that is no text would be alike
                && string.Equals(Encoding.UTF8.GetString(wanted), Encoding.UTF8.GetString(word), StringComparison.OrdinalIgnoreCase));
}
