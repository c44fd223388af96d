using System.Net;
using System.Net.Sockets;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Providers.Http;

/// <summary>Finds the addresses of a host; throws <see cref="SocketException"/> when there are none.</summary>
public delegate Task<IPAddress[]> Resolve(string host, CancellationToken cancel);

/// <summary>Where a connection is about to lead.</summary>
/// <param name="Host">As <see cref="HostName"/> made it.</param>
/// <param name="Scheme"><c>https</c>, <c>http</c> or <c>ssh</c>.</param>
public sealed record Destination(string Host, int Port, string Scheme);

/// <summary>
/// The addresses of a host that may be connected to; whoever connects uses these and never asks DNS again.
/// </summary>
public sealed record VettedAddress(IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>For git and ssh: separated by commas, the first being the one to take.</summary>
    public string Pin => string.Join(',', Addresses);
}

/// <summary>
/// Decides whether a typed host may be reached (facts/security.md 2B, T23, T24): resolved once, every answer judged by
/// what it is and not how it is spelled, one bad answer refuses all, and a failed look-up is never a reason to go on.
/// </summary>
public sealed class AddressGuard(TimeProvider time, Resolve? resolve = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Ports of services that take an http request for commands of their own.</summary>
    private static readonly HashSet<int> OtherServices =
    [
        .. new[] { 22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 587, 636, 993, 995, 1433, 1521, 2049, 2181 },
        .. new[] { 2375, 2376, 2379, 2380, 3306, 3389, 5432, 5672, 5900, 6379, 9042, 9200, 10250, 11211, 27017 },
    ];

    private readonly Resolve _resolve = resolve ?? Dns.GetHostAddressesAsync;

    public async Task<Outcome<VettedAddress>> Vet(
        Destination to,
        IReadOnlyList<ReachRule> rules,
        CancellationToken cancel
    )
    {
        var own = rules.Where(rule => Names(rule, to)).ToList();
        if (to.Scheme != "ssh" && OtherServices.Contains(to.Port) && own.All(rule => rule.Port == 0))
            return ReachFailures.PortForbidden(to.Host, to.Port);
        if (!(await Look(to.Host, cancel)).Try(out var found, out var failure))
            return failure;
        return found.Select(address => Judge(to, address, own)).OfType<Failure>().FirstOrDefault() is { } refusal
            ? refusal
            : new VettedAddress([.. found.OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork)]);
    }

    /// <summary>The same for a repository: what git and ssh are then told to connect to.</summary>
    public async Task<Outcome<VettedAddress>> Vet(
        RepositoryAddress repository,
        IReadOnlyList<ReachRule> rules,
        CancellationToken cancel
    ) =>
        GitUrl.Parse(repository.Url).Try(out var url, out var failure)
            ? await Vet(new Destination(url.Host, url.Port, url.Scheme), rules, cancel)
            : failure;

    private static bool Names(ReachRule rule, Destination to) =>
        (rule.Host == "*" || string.Equals(rule.Host, to.Host, StringComparison.OrdinalIgnoreCase))
        && (rule.Port == 0 || rule.Port == to.Port);

    private static Failure? Judge(Destination to, IPAddress address, IReadOnlyList<ReachRule> rules)
    {
        var plain = AddressClasses.Unwrap(address);
        var kind = AddressClasses.Of(address);
        if (kind == AddressClass.Never)
            return ReachFailures.AddressForbidden(to.Host);
        var open = rules.Where(rule => rule.Network.Contains(plain)).ToList();
        if (kind == AddressClass.NeedsRule && open.Count == 0)
            return ReachFailures.AddressPrivate(to.Host);
        return to.Scheme == "http" && !open.Any(rule => rule.PlainHttp) ? ReachFailures.PlainHttp(to.Host) : null;
    }

    private async Task<Outcome<IPAddress[]>> Look(string host, CancellationToken cancel)
    {
        if (IPAddress.TryParse(host, out var literal))
            return new[] { literal };
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            var found = await _resolve(host, either.Token).WaitAsync(either.Token);
            return found.Length == 0 ? ReachFailures.HostUnknown(host) : found;
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            return ReachFailures.HostUnknown(host);
        }
        catch (OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return ReachFailures.HostUnknown(host);
        }
    }
}
