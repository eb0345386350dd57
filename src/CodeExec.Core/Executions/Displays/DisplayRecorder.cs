using System.Globalization;
using System.Text;
using CodeExec.Core.Executions.Output;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Progress;
using CodeExec.Core.Storage;
using CodeExec.Protocol;

namespace CodeExec.Core.Executions.Displays;

/// <summary>Keeps what a program shows, and tells of it. Bounds it once more: a runner is believed no more than is needed.</summary>
/// <param name="allowed">Null: nothing is kept.</param>
internal sealed class DisplayRecorder(ExecutionId id, JobDisplays? allowed, IReadOnlyCollection<byte[]> secrets, IBlobStore blobs, ILogWriter feed, TimeProvider clock)
{
    /// <summary>As many of those that were not kept are told of.</summary>
    private const int MostRefused = 20;

    private readonly List<DisplayInfo> _all = [];
    private readonly List<byte> _open = [];
    private long _bytes;
    private int _numbers;

    /// <summary>Null if there are none.</summary>
    public IReadOnlyList<DisplayInfo>? All => _all.Count == 0 ? null : _all;

    public async Task AddAsync(FileEvent file, string? step, CancellationToken cancellationToken)
    {
        _bytes += file.Data.Length;
        if (_bytes > (allowed?.TotalBytes ?? 0) || _open.Count + file.Data.Length > allowed!.FileBytes)
        {
            throw new Containers.ContainerLostException("The container sent more displays than it was asked for.", outOfMemory: false);
        }

        _open.AddRange(file.Data);
        if (file.Last)
        {
            byte[] content = _open.ToArray();
            _open.Clear();
            await AddAsync(Masked(file.Path), content, step, cancellationToken);
        }
    }

    public void Refuse(FileRefusedEvent refused, string? step) => Refuse(Masked(refused.Path), 0, step, refused.Reason);

    private async Task AddAsync(string name, byte[] content, string? step, CancellationToken cancellationToken)
    {
        if (DisplayTypes.Find(name, content) is not { } type)
        {
            Refuse(name, content.Length, step, "Its type is none that is shown; keep such files as artifacts.");
            return;
        }

        int before = _all.FindIndex(one => one.Name == name && one.Mime == type.Mime);
        string display = before >= 0 ? _all[before].Id! : string.Create(CultureInfo.InvariantCulture, $"{++_numbers}.{type.Ending}");
        byte[] shown = type.IsText ? Mask(content) : content;
        await blobs.WriteAsync(ExecutionBlobs.Display(id, display), shown, cancellationToken);
        DisplayInfo info = new(display, name, type.Mime, shown.Length, step, clock.GetUtcNow(), 0);
        Put(before, Told(info, LogLevel.Info, $"Shows {name} ({type.Mime}, {shown.Length} bytes)"));
    }

    private void Refuse(string name, long size, string? step, string reason)
    {
        if (_all.Count(one => one.Refused is not null) < MostRefused)
        {
            DisplayInfo info = new(null, name, null, size, step, clock.GetUtcNow(), 0, reason);
            Put(-1, Told(info, LogLevel.Warn, $"{name} is not shown: {reason}"));
        }
    }

    private DisplayInfo Told(DisplayInfo info, LogLevel level, string message) => info with
    {
        Sequence = feed.Append(new LogEntry
        {
            Sequence = 0, // given by the feed
            Timestamp = info.At,
            Level = level,
            Source = LogSource.System,
            Step = info.Step,
            Message = message,
            Event = FeedEvent.Display,
            Display = info,
        }),
    };

    private void Put(int before, DisplayInfo info)
    {
        if (before >= 0)
        {
            _all[before] = info;
        }
        else
        {
            _all.Add(info);
        }
    }

    private string Masked(string name) => secrets.Count == 0 ? name : OutputText.Decode(Mask(Encoding.UTF8.GetBytes(name)));

    private byte[] Mask(byte[] text)
    {
        SecretMasker masker = new(secrets);
        return [.. masker.Next(text).Span, .. masker.Flush().Span];
    }
}
