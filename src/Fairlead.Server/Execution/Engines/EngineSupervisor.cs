using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Server.Execution.Engines;

/// <summary>
/// The image engines of this machine, one per slot. The whole door of this room: a dispatcher asks
/// <see cref="Ready"/> before each job and <see cref="Stop"/> at the server's start and end.
/// </summary>
internal sealed partial class EngineSupervisor(EngineOptions options, ProgramRunner programs, TimeProvider time)
{
    private readonly ConcurrentDictionary<int, SlotEngine> _slots = new();
    private EngineParts? _parts;

    /// <summary>
    /// An engine for one job of a slot that builds nothing now; starts, adopts or restarts the slot's daemon as
    /// needed. Cheap when it is up already.
    /// </summary>
    /// <param name="registries">What the job will pull from and push to, as far as known.</param>
    /// <param name="ofRequest">The job builds a pull request, apart from all else.</param>
    public async Task<Outcome<EngineLease>> Ready(
        int slot,
        IReadOnlyList<RegistryReach> registries,
        CancellationToken cancel,
        bool ofRequest = false
    )
    {
        if (registries.FirstOrDefault(registry => !Host().IsMatch(registry.Host)) is { } strange)
            return EngineFailures.StrangeRegistry(strange.Host);
        if (_parts is null)
        {
            var found = await EngineParts.Find(options, programs, cancel);
            if (!found.Try(out var parts, out var failure))
                return failure;
            _parts = parts;
        }
        if (options.Buildx?.Check() is { } noBuilder)
            return noBuilder;
        var ready = options.DockerHost is { } address
            ? await Other(address, _parts, cancel)
            : await Slot(slot, _parts).Ready(registries, ofRequest, cancel);
        return options.Buildx is { } builder ? ready.Map(lease => With(builder, lease)) : ready;
    }

    private async Task<Outcome<EngineLease>> Other(string address, EngineParts parts, CancellationToken cancel) =>
        DockerHost.Read(address, options.DockerCertificates).Try(out var host, out var wrong)
            ? await new OtherEngine(host, parts, programs).Ready(cancel)
            : wrong;

    private static EngineLease With(BuildxBuilder builder, EngineLease lease) =>
        lease with
        {
            Builder = builder.Name,
            Files = lease.Files.Concat(builder.Files).ToDictionary(),
        };

    /// <summary>
    /// Ends the engines of all slots but those given: at start of slots that are no more, at the end of those that
    /// build nothing. Also removes what a crash left of them.
    /// </summary>
    public async Task Stop(IReadOnlySet<int> building, CancellationToken cancel)
    {
        if (options.DockerHost is not null)
            return;
        var parts = _parts ?? new EngineParts(options.Kind, null);
        foreach (var slot in Known().Where(slot => !building.Contains(slot)))
            await Slot(slot, parts).Stop(cancel);
    }

    private SlotEngine Slot(int slot, EngineParts parts) =>
        _slots.GetOrAdd(slot, number => new SlotEngine(options, parts, number, programs, time));

    private IEnumerable<int> Known() =>
        !Directory.Exists(options.StateDirectory)
            ? []
            : Directory
                .EnumerateDirectories(options.StateDirectory, "slot-*")
                .Select(path => int.TryParse(Path.GetFileName(path)["slot-".Length..], out var slot) ? slot : -1)
                .Where(slot => slot >= 0)
                .ToList();

    /// <summary>What becomes part of paths and of configuration files.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?\z")]
    private static partial Regex Host();
}
