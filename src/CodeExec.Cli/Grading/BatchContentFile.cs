using System.IO.Compression;
using System.Text.Json;
using CodeExec.Cli.Hosting;
using CodeExec.Client;

namespace CodeExec.Cli.Grading;

/// <summary>
/// What a batch's submissions are sent as: a zip or lines as they are, a folder packed, standard input put aside. Tests of the batch's own are added.
/// </summary>
internal sealed class BatchContentFile : IDisposable
{
    private const string HeaderFile = "batch.json";

    private readonly string _file;
    private readonly bool _isOurs;

    private BatchContentFile(string file, bool isOurs, string mediaType)
    {
        _file = file;
        _isOurs = isOurs;
        MediaType = mediaType;
    }

    public string MediaType { get; }

    public Stream Open() => File.OpenRead(_file);

    /// <exception cref="UsageException">There is no such thing, or tests cannot be added to it.</exception>
    public static async Task<BatchContentFile> MakeAsync(string name, BatchHeader? own, CliHost host, CancellationToken cancellationToken)
    {
        if (name == "-")
        {
            return await LinesAsync(host.In, own, cancellationToken);
        }

        string path = host.PathOf(name);
        if (Directory.Exists(path))
        {
            return await ZipAsync(null, path, own, cancellationToken);
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file or folder '{name}'.");
        }

        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".zip":
                return own is null ? new(path, isOurs: false, BatchUpload.Zip) : await ZipAsync(path, null, own, cancellationToken);
            case ".ndjson" or ".jsonl":
                await using (FileStream lines = File.OpenRead(path))
                {
                    return own is null ? new(path, isOurs: false, BatchUpload.Lines) : await LinesAsync(lines, own, cancellationToken);
                }

            case ".json":
                return own is null ? new(path, isOurs: false, BatchUpload.Json) : throw new UsageException($"'{name}' says itself by which tests; leave --tests away, or write them there.");
            default:
                throw new UsageException($"'{name}' is no zip, .ndjson or .json; for the files of one program use 'codeexec grade', for a folder of submissions name the folder.");
        }
    }

    public void Dispose()
    {
        if (_isOurs)
        {
            File.Delete(_file);
        }
    }

    private static async Task<BatchContentFile> LinesAsync(Stream lines, BatchHeader? own, CancellationToken cancellationToken)
    {
        BatchContentFile made = new(Path.GetTempFileName(), isOurs: true, BatchUpload.Lines);
        await using FileStream file = File.Create(made._file);
        if (own is not null)
        {
            await JsonSerializer.SerializeAsync(file, new BatchHeaderLine(own), ClientJson.Default.BatchHeaderLine, cancellationToken);
            file.WriteByte((byte)'\n');
        }

        await lines.CopyToAsync(file, cancellationToken);
        return made;
    }

    private static async Task<BatchContentFile> ZipAsync(string? zip, string? folder, BatchHeader? own, CancellationToken cancellationToken)
    {
        BatchContentFile made = new(Path.GetTempFileName(), isOurs: true, BatchUpload.Zip);
        if (zip is not null)
        {
            File.Copy(zip, made._file, overwrite: true);
        }
        else
        {
            File.Delete(made._file);
            await ZipFile.CreateFromDirectoryAsync(folder!, made._file, cancellationToken);
        }

        if (own is not null)
        {
            await using ZipArchive archive = await ZipFile.OpenAsync(made._file, ZipArchiveMode.Update, cancellationToken);
            await using Stream header = await archive.CreateEntry(HeaderFile).OpenAsync(cancellationToken);
            await JsonSerializer.SerializeAsync(header, own, ClientJson.Default.BatchHeader, cancellationToken);
        }

        return made;
    }
}
