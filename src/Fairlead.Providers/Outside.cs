using Fairlead.Programs;
using Fairlead.Programs.Git;
using Fairlead.Providers.Http;

namespace Fairlead.Providers;

/// <summary>The ways a provider has to the world; there are no others.</summary>
public sealed record Outside(AddressGuard Guard, GuardedHttp Http, GitProgram Git, ProgramRunner Programs)
{
    public TimeProvider Time { get; private init; } = TimeProvider.System;

    /// <param name="resolve">The machine's own look-up when null.</param>
    public static Outside Of(TimeProvider time, Resolve? resolve = null)
    {
        var (guard, programs) = (new AddressGuard(time, resolve), new ProgramRunner(time));
        return new Outside(guard, new GuardedHttp(guard, time), new GitProgram(programs), programs) { Time = time };
    }
}
