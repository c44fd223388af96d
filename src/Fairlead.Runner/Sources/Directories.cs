namespace Fairlead.Runner.Sources;

internal static class Directories
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a directory, and those above it, that only this user may enter.</summary>
    public static string MakePrivate(string path) => Directory.CreateDirectory(path, OwnerOnly).FullName;

    /// <summary>Removes a directory with everything in it, links as links; absent is fine.</summary>
    public static void Remove(string path)
    {
        if (!Directory.Exists(path))
            return;
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // A build's files may lack write permission on their own directories.
            foreach (var inner in Directory.EnumerateDirectories(path, "*", NoLinks))
                File.SetUnixFileMode(inner, OwnerOnly);
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Removes everything in a directory, but not the directory.</summary>
    public static void Empty(string path)
    {
        foreach (var inner in new DirectoryInfo(path).EnumerateFileSystemInfos())
            if (inner is DirectoryInfo { LinkTarget: null })
                Remove(inner.FullName);
            else
                inner.Delete();
    }

    private static readonly EnumerationOptions NoLinks = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };
}
