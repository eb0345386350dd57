using CodeExec.Linux.Filters;

namespace CodeExec.Containers.Cells.Seccomp;

/// <summary>
/// The system call filter of a cell: what programs need is allowed, a list is refused with EPERM (so that a program can go on
/// without), foreign architectures are killed. The list, with the reasons, is in docs/security.md; a test compares the two.
/// </summary>
internal static class SeccompFilter
{
    private const uint OffsetOfNumber = 0;
    private const uint OffsetOfArchitecture = 4;

    private const uint Allow = 0x7fff0000;
    private const uint KillProcess = 0x80000000;
    private const uint RefuseNotPermitted = 0x00050000 | 1; // EPERM
    private const uint RefuseNoSuchCall = 0x00050000 | 38; // ENOSYS: C libraries then fall back to an older call
    private const uint RefuseNoSuchFamily = 0x00050000 | 97; // EAFNOSUPPORT

    private const uint X32Bit = 0x40000000;

    public static IReadOnlyList<string> Refused => RefusedCalls.Names;

    private static IReadOnlyList<uint> AllowedFamilies => RefusedCalls.AllowedFamilies;

    public static byte[] Assemble() => Assemble(SystemCalls.OfThisMachine);

    /// <summary>This filter, and then another one: as one program the two cost each process that gets them half.</summary>
    /// <param name="second">What decides where this one would allow.</param>
    public static byte[] AssembleWith(ReadOnlySpan<byte> second) => [.. Assemble().AsSpan()[..^BpfInstruction.Size], .. second];

    public static byte[] Assemble(SystemCalls calls)
    {
        List<BpfInstruction> program =
        [
            BpfInstruction.Load(OffsetOfArchitecture),
            BpfInstruction.JumpIfEqual(calls.AuditArchitecture, 1, 0),
            BpfInstruction.Return(KillProcess),
            BpfInstruction.Load(OffsetOfNumber),
        ];
        if (calls.HasX32)
        {
            program.Add(BpfInstruction.JumpIfGreaterOrEqual(X32Bit, 0, 1));
            program.Add(BpfInstruction.Return(RefuseNoSuchCall));
        }

        foreach (string name in Refused)
        {
            if (calls.Numbers.TryGetValue(name, out uint number))
            {
                program.Add(BpfInstruction.JumpIfEqual(number, 0, 1));
                program.Add(BpfInstruction.Return(RefuseNotPermitted));
            }
        }

        // clone3 hides its flags behind a pointer that a filter can not follow: without it, libraries use clone.
        program.Add(BpfInstruction.JumpIfEqual(calls.Numbers["clone3"], 0, 1));
        program.Add(BpfInstruction.Return(RefuseNoSuchCall));

        program.AddRange(OnArgument(calls.Numbers["clone"], 0, [BpfInstruction.JumpIfAnyBit(RefusedCalls.NewNamespaces, 0, 1), BpfInstruction.Return(RefuseNotPermitted)]));
        program.AddRange(OnArgument(calls.Numbers["ioctl"], 1, [.. RefusedCalls.Ioctls.SelectMany(request => new[] { BpfInstruction.JumpIfEqual(request, 0, 1), BpfInstruction.Return(RefuseNotPermitted) })]));

        List<BpfInstruction> families = [];
        for (int i = 0; i < AllowedFamilies.Count; i++)
        {
            families.Add(BpfInstruction.JumpIfEqual(AllowedFamilies[i], (byte)(AllowedFamilies.Count - i), 0));
        }

        families.Add(BpfInstruction.Return(RefuseNoSuchFamily));
        program.AddRange(OnArgument(calls.Numbers["socket"], 0, families));
        program.AddRange(OnArgument(calls.Numbers["socketpair"], 0, families)); // it makes the kernel load a family's module just as well

        program.Add(BpfInstruction.Return(Allow));
        return Encode(program);
    }

    // For one call: load the low word of an argument, take the checks, and load the number again for what follows.
    private static IEnumerable<BpfInstruction> OnArgument(uint call, int argument, List<BpfInstruction> checks)
        =>
        [
            BpfInstruction.JumpIfEqual(call, 0, (byte)(checks.Count + 2)),
            BpfInstruction.Load((uint)(16 + (8 * argument))),
            .. checks,
            BpfInstruction.Load(OffsetOfNumber),
        ];

    private static byte[] Encode(List<BpfInstruction> program)
    {
        byte[] bytes = new byte[program.Count * BpfInstruction.Size];
        for (int i = 0; i < program.Count; i++)
        {
            program[i].Write(bytes.AsSpan(i * BpfInstruction.Size));
        }

        return bytes;
    }
}
