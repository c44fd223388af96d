using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Connections;

/// <summary>
/// Why an address could not be reached, in the words git, registries and APIs share. None of them names an inner
/// address or repeats what the other side said.
/// </summary>
public static class ReachFailures
{
    public const string TooBigCode = "reach.too-big";

    private const string AskForRule =
        "Ask an administrator for a reach rule for this host and port, or use an address on the public internet.";

    public static Failure HostUnknown(string host) =>
        new("reach.host-unknown", $"There is no host named {host}.", 502)
        {
            Field = "url",
            Remedy = "Check the spelling of the host and that this server's DNS knows it.",
            Retry = Retry.Later,
        };

    public static Failure Refused(string host, int port) =>
        new("reach.refused", $"Nothing answers at port {port} of {host}.", 502)
        {
            Field = "url",
            Remedy = "Check the port, and that the service runs and its firewall lets this server in.",
            Retry = Retry.Later,
        };

    public static Failure TimedOut(string host) =>
        new("reach.timed-out", $"{host} did not answer in time.", 504)
        {
            Field = "url",
            Remedy =
                "Check that the service runs and that its firewall lets this server in; it is tried again by itself.",
            Retry = Retry.Later,
        };

    public static Failure CutOff(string host) =>
        new("reach.cut-off", $"{host} ended the connection before it had answered.", 502)
        {
            Field = "url",
            Remedy = "Check that the address and port are those of the service; it is tried again by itself.",
            Retry = Retry.Later,
        };

    public static Failure Failing(string host, int status) =>
        new("reach.host-failing", $"{host} answered with an error of its own (HTTP {status}).", 502)
        {
            Remedy = "See the host's status page or logs; it is tried again by itself.",
            Retry = Retry.Later,
        };

    /// <summary>Link-local, metadata, multicast, reserved: no rule opens these.</summary>
    public static Failure AddressForbidden(string host) =>
        new("reach.address-forbidden", $"{host} leads to an address that connections may never reach.", 422)
        {
            Field = "url",
            Remedy = "Use the address of a real service; link-local, metadata and reserved addresses stay closed.",
        };

    public static Failure AddressPrivate(string host) =>
        new("reach.address-private", $"{host} leads into a private network or to this machine.", 422)
        {
            Field = "url",
            Remedy = AskForRule,
        };

    public static Failure PlainHttp(string host) =>
        new(
            "reach.plain-http",
            $"{host} would be reached over http, where everybody on the way can read the login.",
            422
        )
        {
            Field = "url",
            Remedy = "Use https, or ask an administrator for a reach rule that allows plain http there.",
        };

    public static Failure PortForbidden(string host, int port) =>
        new("reach.port-forbidden", $"Port {port} of {host} belongs to another kind of service.", 422)
        {
            Field = "url",
            Remedy = AskForRule,
        };

    public static Failure TlsSelfSigned(string host) =>
        new("reach.tls-self-signed", $"{host} shows a certificate that it signed itself.", 422)
        {
            Field = Certificates,
            Remedy = "Compare the fingerprint with the host's administrator and confirm it, or paste its certificate.",
        };

    public static Failure TlsUntrusted(string host) =>
        new("reach.tls-untrusted", $"{host} shows a certificate of an authority that is not trusted here.", 422)
        {
            Field = Certificates,
            Remedy = "Paste the authority's certificate (PEM) into the connection.",
        };

    public static Failure TlsExpired(string host) =>
        new("reach.tls-expired", $"The certificate of {host} has expired or is not valid yet.", 502)
        {
            Field = "url",
            Remedy = "Its administrator has to renew it; it is tried again by itself.",
            Retry = Retry.Later,
        };

    public static Failure TlsWrongName(string host) =>
        new("reach.tls-wrong-name", $"The certificate shown is not for {host}.", 422)
        {
            Field = "url",
            Remedy = "Use the host name the certificate was issued for.",
        };

    public static Failure TlsFailed(string host) =>
        new("reach.tls-failed", $"No secure connection to {host} could be agreed on.", 502)
        {
            Field = "url",
            Remedy = "Check that the port speaks TLS 1.2 or newer; for a service without TLS use its https proxy.",
            Retry = Retry.Later,
        };

    public static Failure Redirected(string host) =>
        new("reach.redirected", $"{host} sends us on to another address; redirects are not followed.", 422)
        {
            Field = "url",
            Remedy = "Enter the address it redirects to, if you trust it with the login.",
        };

    public static Failure TooBig(string host, long limit) =>
        new(TooBigCode, $"{host} answered with more than {limit} bytes; the rest was not read.", 502)
        {
            Remedy = "Check that the address is that of the service.",
        };

    public static Failure CertificatesUnreadable =>
        new("reach.certificates-unreadable", "These are no certificates in PEM form.", 422)
        {
            Field = Certificates,
            Remedy = "Paste whole blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
        };

    private const string Certificates = Providers.Target.CaSetting;
}
