using System.Runtime.InteropServices;
using System.Text;

namespace CodeExec.Linux;

/// <summary>A null-terminated array of C strings (argv, envp), freed when disposed.</summary>
internal sealed unsafe class Utf8Strings : IDisposable
{
    private byte** _pointers;

    public Utf8Strings(IReadOnlyList<string> strings)
    {
        int tableBytes = (strings.Count + 1) * sizeof(byte*);
        int total = tableBytes;
        for (int i = 0; i < strings.Count; i++)
        {
            total += Encoding.UTF8.GetByteCount(strings[i]) + 1;
        }

        _pointers = (byte**)NativeMemory.Alloc((nuint)total);
        byte* next = (byte*)_pointers + tableBytes;
        byte* end = (byte*)_pointers + total;
        for (int i = 0; i < strings.Count; i++)
        {
            _pointers[i] = next;
            next += Encoding.UTF8.GetBytes(strings[i], new Span<byte>(next, (int)(end - next)));
            *next++ = 0;
        }

        _pointers[strings.Count] = null;
    }

    public byte** Pointers => _pointers;

    public void Dispose()
    {
        NativeMemory.Free(_pointers);
        _pointers = null;
    }
}
