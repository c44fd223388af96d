using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Providers;
using Fairlead.Providers.Http;
using Fairlead.Server.Connections;
using Fairlead.Server.Execution.Engines;
using Fairlead.Server.Leases;
using Fairlead.Server.Registry;

namespace Fairlead.Server.Execution;

/// <summary>
/// The registries an engine has to know before it starts: whom to believe there, and which of this machine it gets a
/// door to. Where a person typed the address it is vetted first: a connection must not open a door to whatever listens
/// on this machine.
/// </summary>
internal sealed class KnownRegistries(
    ConnectionOpener connections,
    RegistryConnections registries,
    ImageTargets targets,
    Outside outside
)
{
    /// <summary>
    /// The target, this instance's own, and those that builds have a connection to: a FROM may name any of them.
    /// </summary>
    /// <returns>A failure when the target may not be reached; others that may not be are left out.</returns>
    public async Task<Outcome<IReadOnlyList<RegistryReach>>> For(ImageTarget target, CancellationToken cancel)
    {
        var rules = await connections.ReachRules(cancel);
        var goal = new RegistryReach(target.Host, target.Bound.CertificateAuthorities, target.PlainHttp);
        if (target.Connection is not null && await Refusal(goal, rules, cancel) is { } refusal)
            return refusal;
        var known = new List<RegistryReach> { goal };
        if (targets.Managed("own").Try(out var own, out _) && own.Host != goal.Host)
            known.Add(new RegistryReach(own.Host, CertificateAuthorities: null, own.PlainHttp));
        var others = (await registries.All(target.Connection, cancel))
            .Select(at => new RegistryReach(at.Host, at.CertificateAuthorities, at.PlainHttp))
            .Where(reach => NeedsWord(reach, rules) && known.All(already => already.Host != reach.Host));
        foreach (var reach in others.ToList())
            if (await Refusal(reach, rules, cancel) is null)
                known.Add(reach);
        return known;
    }

    /// <summary>
    /// An engine finds a public registry with an ordinary certificate by itself. An IPv6 address has no way into it.
    /// </summary>
    private static bool NeedsWord(RegistryReach reach, IReadOnlyList<ReachRule> rules)
    {
        var name = new Uri($"https://{reach.Host}").Host;
        return !reach.Host.StartsWith('[')
            && (
                reach.PlainHttp
                || reach.CertificateAuthorities is not null
                || rules.Any(rule => rule.Host == "*" || rule.Host.Equals(name, StringComparison.OrdinalIgnoreCase))
            );
    }

    private async Task<Failure?> Refusal(RegistryReach reach, IReadOnlyList<ReachRule> rules, CancellationToken cancel)
    {
        var url = new Uri($"{(reach.PlainHttp ? "http" : "https")}://{reach.Host}");
        var vetted = await outside.Guard.Vet(new Destination(url.IdnHost, url.Port, url.Scheme), rules, cancel);
        return vetted.Failure;
    }
}
