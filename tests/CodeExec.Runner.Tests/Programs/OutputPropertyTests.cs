using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Programs;

public sealed class OutputPropertyTests
{
    /// <summary>Writes the same random bytes as <see cref="Expected"/> makes here: a generator both sides know.</summary>
    private const string Script = """
        import os, sys
        seed = int(sys.argv[1])
        def rnd():
            global seed
            seed = (seed * 1103515245 + 12345) & 0x7fffffff
            return seed >> 8
        for i in range(200):
            stream = 1 + rnd() % 2
            data = bytes(rnd() & 255 for _ in range(rnd() % 300 if rnd() % 8 else 3000))
            while data: data = data[os.write(stream, data):]
        """;

    [Fact]
    public async Task Output_RandomBytesInRandomPieces_ComesBackIdentical()
    {
        int[] seeds = [.. Enumerable.Range(1, 50)];
        JobStep step = TestJobs.Step(TestJobs.SystemPython, "-c", Script) with
        {
            Parallelism = 2,
            Cases = [.. seeds.Select(seed => new JobCase { Id = $"{seed}", Arguments = [$"{seed}"] })],
        };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, step.ToJob());

        Assert.Equal(seeds.Length, result.Cases.Count(ended => ended.ExitCode == 0));
        foreach (int seed in seeds)
        {
            (byte[] stdout, byte[] stderr) = Expected(seed);
            Assert.Equal(stdout, result.Bytes(OutputStream.Stdout, $"{seed}"));
            Assert.Equal(stderr, result.Bytes(OutputStream.Stderr, $"{seed}"));
        }
    }

    private static (byte[] Stdout, byte[] Stderr) Expected(long seed)
    {
        List<byte>[] streams = [[], []];
        for (int i = 0; i < 200; i++)
        {
            List<byte> stream = streams[Next() % 2];

            // Python evaluates the condition first.
            long length = Next() % 8 != 0 ? Next() % 300 : 3000;
            for (long k = 0; k < length; k++)
            {
                stream.Add((byte)Next());
            }
        }

        return ([.. streams[0]], [.. streams[1]]);

        long Next()
        {
            seed = ((seed * 1103515245) + 12345) & 0x7fffffff;
            return seed >> 8;
        }
    }
}
