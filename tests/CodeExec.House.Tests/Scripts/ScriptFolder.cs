namespace CodeExec.House.Tests.Scripts;

/// <summary>A folder with small programs and files in it, gone after the test.</summary>
internal sealed class ScriptFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("codeexec-scripts-");

    public string Path => _folder.FullName;

    public ScriptFolder WithProgram(string name, string body)
    {
        string path = WithFile(name, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return this;
    }

    public string WithFile(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
