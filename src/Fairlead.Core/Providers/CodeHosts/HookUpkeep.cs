namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>What is to be done so that a repository has one hook of ours that works.</summary>
public abstract record HookStep
{
    public sealed record Create : HookStep;

    /// <param name="Why">One sentence.</param>
    public sealed record Repair(string Id, string Why) : HookStep;

    public sealed record Keep(string Id) : HookStep;
}

/// <summary>What a look at a repository's hooks leads to.</summary>
/// <param name="Surplus">Further hooks of ours, left by a registration whose answer got lost.</param>
public sealed record HookUpkeep(HookStep Step, IReadOnlyList<string> Surplus)
{
    /// <summary>Pure. Hooks of others are not touched, whatever they are.</summary>
    /// <param name="known">The id of the hook that was registered here before; null when none was.</param>
    /// <param name="hasNewestSecret">The host was given the secret there is now.</param>
    public static HookUpkeep Decide(IReadOnlyList<HostedHook> listed, Uri url, string? known, bool hasNewestSecret)
    {
        var ours = listed.Where(hook => hook.Id == known || hook.Url == url.AbsoluteUri).ToList();
        var chosen = ours.Find(hook => hook.Id == known) ?? ours.FirstOrDefault();
        if (chosen is null)
            return new HookUpkeep(new HookStep.Create(), []);
        HookStep step = Fault(chosen, url, known, hasNewestSecret) is { } why
            ? new HookStep.Repair(chosen.Id, why)
            : new HookStep.Keep(chosen.Id);
        return new HookUpkeep(step, [.. ours.Where(hook => hook != chosen).Select(hook => hook.Id)]);
    }

    private static string? Fault(HostedHook hook, Uri url, string? known, bool hasNewestSecret) =>
        hook.Url != url.AbsoluteUri ? "It was pointed elsewhere."
        : !hook.IsActive ? "It was switched off."
        : !hook.HearsAll ? "It was not sent everything."
        : hook.Id != known || !hasNewestSecret ? "It had an older secret."
        : null;
}
