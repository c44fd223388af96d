using System.Net;
using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Execution.Engines;

/// <summary>A docker daemon of the operator's choice, instead of daemons of our own.</summary>
/// <param name="Address"><c>unix:///path</c> or <c>tcp://host:port</c>, as docker's <c>DOCKER_HOST</c>.</param>
/// <param name="Certificates">
/// A directory with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>, as docker's <c>DOCKER_CERT_PATH</c>, or null.
/// </param>
internal sealed record DockerHost(string Address, string? Certificates)
{
    private const string Unix = "unix://";
    private static readonly string[] CertificateFiles = ["ca.pem", "cert.pem", "key.pem"];

    /// <summary>The path of a daemon's socket, or null for one on the network.</summary>
    public string? Socket => Address.StartsWith(Unix, StringComparison.Ordinal) ? Address[Unix.Length..] : null;

    /// <summary>Host and port of a daemon on the network.</summary>
    public DnsEndPoint Endpoint
    {
        get
        {
            var address = new Uri(Address);
            return new DnsEndPoint(address.IdnHost, address.Port);
        }
    }

    /// <summary>What a job needs to log in there: names below the job's directory, and where they lie now.</summary>
    public IReadOnlyDictionary<string, string> Files =>
        Certificates is { } from
            ? CertificateFiles.ToDictionary(name => $"tls/{name}", name => Path.Combine(from, name))
            : new Dictionary<string, string>();

    /// <summary>What the operator typed, judged: nothing but this machine is spoken to in the clear.</summary>
    public static Outcome<DockerHost> Read(string address, string? certificates)
    {
        if (address.StartsWith(Unix + "/", StringComparison.Ordinal))
            return certificates is null
                ? new DockerHost(address, null)
                : EngineFailures.HostNeedsNoCertificates(address);
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri is not { Scheme: "tcp", Port: > 0, AbsolutePath: "" or "/", UserInfo: "", Query: "" }
        )
            return EngineFailures.HostForm(address);
        if (certificates is null)
            return uri.IsLoopback ? new DockerHost(address, null) : EngineFailures.HostInTheClear(address);
        var missing = CertificateFiles.FirstOrDefault(name => !File.Exists(Path.Combine(certificates, name)));
        return missing is null
            ? new DockerHost(address, Path.GetFullPath(certificates))
            : EngineFailures.HostFileMissing(Path.Combine(certificates, missing));
    }
}
