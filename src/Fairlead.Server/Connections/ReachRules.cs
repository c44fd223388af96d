using System.Net;
using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>Lists, adds and deletes reach rules. Any change has the connections verified anew.</summary>
internal sealed class ReachRules(FairleadDb db, AuditLog audit, TimeProvider time)
{
    public async Task<Page<ReachRuleInfo>> List(string? q, int page, int size, CancellationToken cancel)
    {
        var part = q.Part() ?? "";
        var rows = await db.Set<ReachRuleRow>()
            .AsNoTracking()
            .Where(row => row.Host.Contains(part) || row.Network.Contains(part) || row.Note.ToLower().Contains(part))
            .OrderBy(row => row.Host)
            .ThenBy(row => row.Id)
            .ToPage(page, size, cancel);
        return rows.Map(Info);
    }

    public async Task<Outcome<ReachRuleInfo>> Add(NewReachRule input, Caller caller, CancellationToken cancel)
    {
        var host =
            input.Host.Trim() == "*" ? "*"
            : HostName.TryNormalise(input.Host.Trim(), out var name) ? name
            : null;
        var network = Network(input.Network.Trim());
        var failures = new[]
        {
            host is null ? ReachRuleFailures.Host : null,
            network is null ? ReachRuleFailures.Network : null,
            input.Port is < 0 or > 65535 ? ReachRuleFailures.Port : null,
        };
        if (failures.OfType<Failure>().ToList() is { Count: > 0 } found)
            return Failure.Of(found);
        var row = new ReachRuleRow
        {
            Host = host!,
            Network = network!.Value.ToString(),
            Port = input.Port,
            PlainHttp = input.PlainHttp,
            Note = input.Note.Trim(),
            CreatedAt = time.GetUtcNow(),
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(row);
        await Finish("reach.added", row, caller, cancel);
        await transaction.CommitAsync(cancel);
        return Info(row);
    }

    public async Task<Outcome<Done>> Delete(long id, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = await db.Set<ReachRuleRow>().SingleOrDefaultAsync(found => found.Id == id, cancel);
        if (row is null)
            return ReachRuleFailures.Unknown(id);
        db.Remove(row);
        await Finish("reach.deleted", row, caller, cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }

    private async Task Finish(string what, ReachRuleRow row, Caller caller, CancellationToken cancel)
    {
        var detail = $"{row.Host} {row.Network} port {row.Port}{(row.PlainHttp ? ", plain http" : "")}";
        await audit.Append(db, caller.Name, what, "reach", detail, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        var now = time.GetUtcNow();
        await db.Set<ConnectionRow>()
            .Where(connection => connection.VerdictKind != VerdictKind.Rejected)
            .ExecuteUpdateAsync(set => set.SetProperty(connection => connection.NextVerifyAt, now), cancel);
    }

    private static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
        : null;

    private static ReachRuleInfo Info(ReachRuleRow row) =>
        new(row.Id, row.Host, row.Network, row.Port, row.PlainHttp, row.Note, row.CreatedAt);
}
