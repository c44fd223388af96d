namespace Fairlead.Server.Hosting;

/// <summary>The server's log: on the console, one line an event, or JSON when asked.</summary>
internal static class Logs
{
    public static void Configure(ILoggingBuilder logging, ServerOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        // Below this, the framework logs paths (which may hold one-time links) and every statement.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        // A statement that fails is told by who asked for it.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        if (options.JsonLogs)
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        else
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
    }
}
