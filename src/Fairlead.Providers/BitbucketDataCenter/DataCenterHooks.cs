using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketDataCenter;

/// <summary>Registers, repairs and removes the hooks of repositories. The host lists no deliveries to us.</summary>
internal sealed class DataCenterHooks(Outside outside)
{
    public Task<Outcome<IReadOnlyList<HostedHook>>> List(Target target, string name, CancellationToken cancel) =>
        DataCenterApi.Ask(
            outside,
            target,
            async api =>
                (await api.Hooks(name, cancel)).Map<IReadOnlyList<HostedHook>>(all =>
                    [.. all.Select(DataCenterWire.Plain)]
                )
        );

    public Task<Outcome<HostedHook>> Create(Target target, string name, HookWish wish, CancellationToken cancel) =>
        DataCenterApi.Ask(
            outside,
            target,
            async api => (await api.CreateHook(name, DataCenterWire.Of(wish), cancel)).Map(DataCenterWire.Plain)
        );

    public Task<Outcome<HostedHook>> Repair(
        Target target,
        string name,
        string id,
        HookWish wish,
        CancellationToken cancel
    ) =>
        DataCenterApi.Ask(
            outside,
            target,
            async api => (await api.ChangeHook(name, id, DataCenterWire.Of(wish), cancel)).Map(DataCenterWire.Plain)
        );

    public Task<Outcome<Done>> Delete(Target target, string name, string id, CancellationToken cancel) =>
        DataCenterApi.Ask(
            outside,
            target,
            async api =>
                await api.DeleteHook(name, id, cancel) is var deleted
                && deleted.Failure?.Code == RestFailures.NotFoundCode
                    ? Done.It
                    : deleted
        );
}
