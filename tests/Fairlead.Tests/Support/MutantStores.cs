using Fairlead.Server.Data;
using Fairlead.Server.Events.Hooks;
using Fairlead.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Support;

/// <summary>What must be caught: answers at once and commits twenty milliseconds later.</summary>
internal sealed class AnswersFirstStore(ServerOptions options, IServiceProvider services) : InboxStore
{
    private readonly InboxStore _inner = options.Database is { } postgres
        ? ActivatorUtilities.CreateInstance<PostgresInboxStore>(services, postgres)
        : ActivatorUtilities.CreateInstance<SqliteInboxStore>(services);
    private Task _last = Task.CompletedTask;

    public override Task<Receipt[]> Write(IReadOnlyList<PendingDelivery> batch, CancellationToken cancel)
    {
        var before = _last;
        _last = Task.Run(
            async () =>
            {
                await before;
                await Task.Delay(20, CancellationToken.None);
                await _inner.Write(batch, CancellationToken.None);
            },
            CancellationToken.None
        );
        return Task.FromResult(batch.Select(_ => new Receipt(0, 0)).ToArray());
    }

    public override async ValueTask DisposeAsync()
    {
        await _last;
        await _inner.DisposeAsync();
    }
}

/// <summary>What must be caught: leaves it to the operating system when a commit reaches the disk.</summary>
internal sealed class HalfDurableStore(ServerOptions options, WriteGate gate, Checkpoints checkpoints)
    : SqliteInboxStore(options, gate, checkpoints)
{
    protected override string Durability => "PRAGMA synchronous=NORMAL";
}
