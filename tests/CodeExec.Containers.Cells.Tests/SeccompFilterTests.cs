using CodeExec.Containers.Cells.Seccomp;

namespace CodeExec.Containers.Cells.Tests;

public sealed class SeccompFilterTests
{
    [Fact]
    public void Refused_IsTheListInTheDocs()
    {
        string page = File.ReadAllText(Path.Combine(Repository(), "docs", "security.md"));
        string section = page[page.IndexOf("## The system call filter", StringComparison.Ordinal)..page.IndexOf("## Interpreters that wait", StringComparison.Ordinal)];

        Assert.All(SeccompFilter.Refused, call => Assert.Contains($"`{call}`", section, StringComparison.Ordinal));
    }

    [Fact]
    public void Assemble_OfThisMachine_JumpsStayInsideAndTheEndAllows()
    {
        byte[] filter = SeccompFilter.Assemble();

        Assert.Equal(0, filter.Length % BpfInstruction.Size);
        int count = filter.Length / BpfInstruction.Size;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> instruction = filter.AsSpan(i * BpfInstruction.Size, BpfInstruction.Size);
            bool jumps = (instruction[0] & 0x07) == 0x05;
            Assert.True(!jumps || i + 1 + Math.Max(instruction[2], instruction[3]) < count, $"instruction {i} jumps out of the filter");
        }

        Assert.Equal([0x06, 0, 0, 0, 0, 0, 0xff, 0x7f], filter[^BpfInstruction.Size..]);
    }

    private static string Repository()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CodeExec.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
