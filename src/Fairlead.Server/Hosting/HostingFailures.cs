using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Hosting;

/// <summary>Why the server does not start, or turns a request away before anybody looks at it.</summary>
internal static class HostingFailures
{
    public static string PortBusy(string listen) =>
        $"{listen} is already in use by another program. Stop it, or choose another address with --listen.";

    public static string CannotListen(string listen, string why) =>
        $"The server cannot listen on {listen}: {why.TrimEnd('.')}. Choose another address with --listen.";

    public static string NotAnAddress(string listen) =>
        $"'{listen}' is not an address to listen on. Write IP:PORT, as in --listen 127.0.0.1:7080.";

    public static string PlainHttp(string listen) =>
        $"{listen} can be reached from other machines, and passwords would travel in the clear. "
        + "Give --certificate and --certificate-key, name the proxy in front with --trusted-proxies, "
        + "or accept it with --allow-plain-http true.";

    public static string Certificate(string file) =>
        $"The certificate {file} could not be read together with its key (--certificate-key). Both are PEM files.";

    public static string SocketPathTooLong(string path) =>
        $"The path {path} is too long for a socket. Choose a shorter data directory with --data.";

    public static string NotAProxy(string text) =>
        $"'{text}' in --trusted-proxies is not an IP address or network (10.0.0.7 or 10.0.0.0/24).";

    public static string UnknownOption(string option, string? near) =>
        $"There is no option {option}." + (near is null ? " See --help." : $" Did you mean {near}?");

    public static string NoValue(string option) => $"The option {option} needs a value.";

    public static string NotALimit(string option, string text, string example) =>
        $"'{text}' is no limit for --{option}. Write {example}.";

    public static string NotANumber(string option, string text, int least, int most) =>
        $"'{text}' will not do for --{option}. Write a whole number from {least} to {most}.";

    public static string NotACommitter(string text) =>
        $"'{text}' will not do for --committer. Write a name and an address, as in Fairlead <bot@example.com>.";

    public static string DataInUse(string data) =>
        $"Another Fairlead server is using {data}. Stop it, or choose another data directory with --data.";

    public static string DataNotWritable(string data) =>
        $"The data directory {data} cannot be written to. Choose another with --data.";

    public static Failure UnknownHost(string host) =>
        new("http.unknown-host", $"This server does not answer to the name {host}.", 421)
        {
            Remedy = "Use the address in --public-url, or list the name in --allowed-hosts.",
        };

    public static readonly Failure PlainHttpRefused = new(
        "http.plain-refused",
        "This server takes plain http from this machine only.",
        403
    )
    {
        Remedy = "Use https.",
    };

    public static readonly Failure NotHere = new("http.unknown-path", "There is nothing at this address.", 404);

    public static readonly Failure WrongMethod = new(
        "http.wrong-method",
        "This address does not take this method.",
        405
    );

    public static readonly Failure WrongMediaType = new(
        "input.media-type",
        "The body is not of a type this takes.",
        415
    )
    {
        Remedy = "Send JSON with `Content-Type: application/json`.",
    };

    public static Failure Bug(string trace) =>
        new("server.bug", $"Something went wrong inside the server; its log tells more under {trace}.", 500)
        {
            Remedy = "Try again; if it stays, report it with that number.",
            Retry = Retry.Later,
        };

    public static readonly Failure ChangedMeanwhile = new(
        "server.changed-meanwhile",
        "Somebody else changed this at the same moment; nothing was changed by you.",
        409
    )
    {
        Remedy = "Look at it again, and repeat what you meant to do.",
        Retry = Retry.Later,
    };

    public static readonly Failure StorageFull = new(
        "server.storage-full",
        "The disk of the database is full; nothing was changed.",
        507
    )
    {
        Remedy = "Have an administrator free space there; then try again.",
        Retry = Retry.Later,
    };

    public static readonly Failure Storage = new(
        "server.storage",
        "The database cannot take or give anything just now; nothing was changed.",
        503
    )
    {
        Remedy = "Check that its disk has room and that it runs; then try again.",
        Retry = Retry.Later,
    };
}
