using Fairlead.Server.Data;

namespace Fairlead.Server.Hosting;

/// <summary>
/// Makes the data directory: others may pass through it (to the job socket), and see nothing. What is written into it
/// is the owner's only.
/// </summary>
internal static class DataDirectory
{
    private const UnixFileMode PassThrough =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherExecute;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="StartupException">It cannot be written to.</exception>
    public static void Prepare(ServerOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.Data, PassThrough);
            var database = Path.Combine(options.Data, "fairlead.db");
            // SQLite gives its companion files the mode of the database.
            if (options.Database is null && !File.Exists(database))
                File.Open(
                        database,
                        new FileStreamOptions
                        {
                            Mode = FileMode.CreateNew,
                            Access = FileAccess.Write,
                            UnixCreateMode = OwnerOnly,
                        }
                    )
                    .Dispose();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(HostingFailures.DataNotWritable(options.Data));
        }
    }
}
