namespace CodeExec.Storage.Local.Folders;

public sealed class DataFolderUnusableException(string folder, string reason, Exception? inner = null)
    : Exception($"The data folder '{folder}' (setting Data:Path) can not be used: {reason}", inner)
{
    public string Folder { get; } = folder;
}
