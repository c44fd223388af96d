using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Codeup;

/// <summary>Registers, repairs and removes the hooks of repositories. The host lists no deliveries to us.</summary>
internal sealed class CodeupHooks(Outside outside) : IHostHooks
{
    public Task<Outcome<IReadOnlyList<HostedHook>>> List(Target target, string name, CancellationToken cancel) =>
        Of(
            target,
            name,
            async (api, id) =>
                (await api.Hooks(id, cancel)).Map<IReadOnlyList<HostedHook>>(all => [.. all.Select(CodeupWire.Plain)]),
            cancel
        );

    public Task<Outcome<HostedHook>> Create(Target target, string name, HookWish wish, CancellationToken cancel) =>
        Of(
            target,
            name,
            async (api, id) => (await api.CreateHook(id, CodeupWire.Of(wish), cancel)).Map(CodeupWire.Plain),
            cancel
        );

    public Task<Outcome<HostedHook>> Repair(
        Target target,
        string name,
        string hook,
        HookWish wish,
        CancellationToken cancel
    ) =>
        Of(
            target,
            name,
            async (api, id) => (await api.ChangeHook(id, hook, CodeupWire.Of(wish), cancel)).Map(CodeupWire.Plain),
            cancel
        );

    public Task<Outcome<Done>> Delete(Target target, string name, string hook, CancellationToken cancel) =>
        Of(
            target,
            name,
            async (api, id) =>
                await api.DeleteHook(id, hook, cancel) is var deleted
                && deleted.Failure?.Code == RestFailures.NotFoundCode
                    ? Done.It
                    : deleted.Then<Done>(said =>
                        said.Result == false ? RestFailures.Refused(api.Site.Api.IdnHost, 200) : Done.It
                    ),
            cancel
        );

    private Task<Outcome<T>> Of<T>(
        Target target,
        string name,
        Func<CodeupApi, long, Task<Outcome<T>>> work,
        CancellationToken cancel
    ) =>
        CodeupApi.Ask(
            outside,
            target,
            async api =>
                (await api.Repository(name, cancel)).Try(out var repository, out var failure)
                    ? await work(api, repository.Id)
                    : failure
        );
}
