using CodeExec.Containers.Cells.Seccomp;
using CodeExec.Linux.Filters;

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

    [Fact]
    public void Assemble_ForBothArchitectures_AnswersEveryCallAsTheDocsSay()
    {
        foreach (SystemCalls calls in (SystemCalls[])[SystemCalls.X64, SystemCalls.Arm64])
        {
            byte[] filter = SeccompFilter.Assemble(calls);
            uint Ask(string call, params ulong[] arguments) => BpfMachine.Run(filter, calls.AuditArchitecture, calls.Numbers[call], arguments);

            Assert.All(SeccompFilter.Refused.Where(calls.Numbers.ContainsKey), call => Assert.Equal(NotPermitted, Ask(call)));
            Assert.Equal(NoSuchCall, Ask("clone3"));
            foreach ((ulong flags, uint answer) in new[] { (0x11ul, Allowed), (0x3d0f00ul, Allowed), (0x10000011ul, NotPermitted), (0x20000011ul, NotPermitted), (0x40000011ul, NotPermitted), (0x00020011ul, NotPermitted), (0x02000011ul, NotPermitted), (0x04000011ul, NotPermitted), (0x08000011ul, NotPermitted), (0x80ul | 0x11, NotPermitted) })
            {
                Assert.Equal(answer, Ask("clone", flags));
            }

            foreach (string call in (string[])["socket", "socketpair"])
            {
                Assert.All(RefusedCalls.AllowedFamilies, family => Assert.Equal(Allowed, Ask(call, family)));
                Assert.All((ulong[])[0, 3, 17, 30, 38, 40, 44], family => Assert.Equal(NoSuchFamily, Ask(call, family)));
            }

            Assert.Equal((NotPermitted, NotPermitted, Allowed), (Ask("ioctl", 0, 0x5412), Ask("ioctl", 0, 0x541C), Ask("ioctl", 0, 0x5401)));
            Assert.Equal(NotPermitted, Ask("ioctl", 0, 0xffff_ffff_0000_5412)); // the kernel looks at the low half only
            Assert.Equal(KillProcess, BpfMachine.Run(filter, 0x40000003, 20));
            Assert.Equal(calls.HasX32 ? NoSuchCall : Allowed, BpfMachine.Run(filter, calls.AuditArchitecture, 0x40000000 + 39));
            Assert.All((uint[])[0, 1, 2, 3, 9, 10, 11, 12, 59 + 1000], number => Assert.Equal(Allowed, BpfMachine.Run(filter, calls.AuditArchitecture, number)));
        }
    }

    private const uint Allowed = 0x7fff0000, KillProcess = 0x80000000, NotPermitted = 0x00050001, NoSuchCall = 0x00050026, NoSuchFamily = 0x00050061;

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
