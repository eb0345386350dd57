namespace CodeExec.Api.Requests;

/// <summary>A place for a body that has to be read in another order than it comes: a file that goes when it is closed.</summary>
internal static class PutAside
{
    public static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), $"codeexec-{Guid.NewGuid():n}.zip"),
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
}
