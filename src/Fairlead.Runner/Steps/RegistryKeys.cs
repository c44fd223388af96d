using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Runner.Images;
using Fairlead.Runner.Inputs;
using Fairlead.Runner.Logs;
using Fairlead.Runner.Talk;

namespace Fairlead.Runner.Steps;

/// <summary>Asks the server for the keys to registries, and hides them before anyone can print them.</summary>
internal sealed class RegistryKeys(JobClient server, JobMask mask)
{
    /// <summary>One key for each registry that bases come from, with a login where one is needed.</summary>
    public async Task<Outcome<IReadOnlyList<RegistryKey>>> ForBases(
        IReadOnlyList<string> bases,
        CancellationToken cancel
    )
    {
        var keys = new Dictionary<string, RegistryKey>();
        foreach (var reference in bases.Select(ImageName.Parse).OfType<ImageName>().Distinct())
        {
            var lease = await Ask(reference.Registry, reference.Repository, push: false, cancel);
            if (!lease.Ok)
                return lease.Failure;
            if (lease.Value.Username.Length > 0 || !keys.ContainsKey(reference.Registry))
                keys[reference.Registry] = lease.Value;
        }
        return keys.Values.ToList();
    }

    public Task<Outcome<RegistryKey>> ToPush(string registry, string repository, CancellationToken cancel) =>
        Ask(registry, repository, push: true, cancel);

    private async Task<Outcome<RegistryKey>> Ask(
        string registry,
        string repository,
        bool push,
        CancellationToken cancel
    )
    {
        var asked = await server.LeaseRegistry(new RegistryLeaseRequest(registry, repository, push), cancel);
        if (!asked.Try(out var lease, out var failure))
            return failure;
        var password = new Secret(lease.Password);
        if (lease.Username.Length > 0)
            mask.Add(password, lease.Username);
        return new RegistryKey(registry, lease.Username, password)
        {
            Realm = lease.Realm,
            PlainHttp = lease.PlainHttp,
            CertificateAuthorities = lease.CertificateAuthorities,
        };
    }
}
