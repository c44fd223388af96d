using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Providers.Rest;

/// <summary>The endpoints of hooks, at hosts that find them by the repository's name.</summary>
internal interface IHooksApi : IDisposable
{
    Task<Outcome<IReadOnlyList<HostedHook>>> Hooks(string name, CancellationToken cancel);

    Task<Outcome<HostedHook>> CreateHook(string name, HookWish wish, CancellationToken cancel);

    Task<Outcome<HostedHook>> ChangeHook(string name, string id, HookWish wish, CancellationToken cancel);

    Task<Outcome<Done>> DeleteHook(string name, string id, CancellationToken cancel);
}

/// <summary>Registers, repairs and removes the hooks of repositories, with a client of its own each time.</summary>
internal class RestHooks(Func<Target, IHooksApi> open) : IHostHooks
{
    public async Task<Outcome<IReadOnlyList<HostedHook>>> List(Target target, string name, CancellationToken cancel)
    {
        using var api = open(target);
        return await api.Hooks(name, cancel);
    }

    public async Task<Outcome<HostedHook>> Create(Target target, string name, HookWish wish, CancellationToken cancel)
    {
        using var api = open(target);
        return await api.CreateHook(name, wish, cancel);
    }

    public async Task<Outcome<HostedHook>> Repair(
        Target target,
        string name,
        string id,
        HookWish wish,
        CancellationToken cancel
    )
    {
        using var api = open(target);
        return await api.ChangeHook(name, id, wish, cancel);
    }

    public async Task<Outcome<Done>> Delete(Target target, string name, string id, CancellationToken cancel)
    {
        using var api = open(target);
        var deleted = await api.DeleteHook(name, id, cancel);
        return deleted.Failure?.Code == RestFailures.NotFoundCode ? Done.It : deleted;
    }
}
