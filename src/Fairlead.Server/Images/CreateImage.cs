using Fairlead.Contracts.Images;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Rules;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Hosts;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

/// <summary>
/// Makes an image repository with its rules, all or nothing; answers everything wrong with the form at once.
/// </summary>
internal sealed class CreateImage(
    FairleadDb db,
    HostBell hosts,
    BindImage bind,
    RequestRules requests,
    LedgerBell bell,
    ShowImage show,
    AuditLog audit,
    TimeProvider time
)
{
    public async Task<Outcome<ImageInfo>> Run(ImageInput input, Caller caller, CancellationToken cancel)
    {
        var (rules, wrong) = Check(input);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var space = await db.Set<NamespaceRow>().FirstOrDefaultAsync(row => row.Name == input.Namespace, cancel);
        if (space is null && !input.CreateNamespace && OciName.IsComponent(input.Namespace))
            wrong.Add(ImageFailures.NamespaceUnknown(input.Namespace) with { Status = 422 });
        var source = Keep(
            await bind.Source(input.Connection, input.Repository, input.OutboundOnly, caller, cancel),
            wrong
        );
        var target = Keep(await bind.Target(input.TargetConnection, input.TargetRepository, caller, cancel), wrong);
        if (source is { } bound)
            foreach (var (at, rule) in rules.Index())
                Keep(await requests.Check(rule, bound, $"rules[{at}].", cancel), wrong);
        if (wrong.Count > 0)
            return Failure.Of(wrong);
        var taken = ImageFailures.Taken(input.Namespace, input.Name);
        if (
            space is not null
            && await db.Set<ImageRow>().AnyAsync(row => row.NamespaceId == space.Id && row.Name == input.Name, cancel)
        )
            return taken;
        try
        {
            await Add(input, space, source, target, rules, cancel);
            await audit.Append(
                db,
                caller.Name,
                "image.created",
                $"image/{input.Namespace}/{input.Name}",
                "",
                caller.Address,
                cancel
            );
            await db.SaveChangesAsync(cancel);
            foreach (var rule in rules)
                await requests.Begin(rule, source!.Value, cancel);
            await transaction.CommitAsync(cancel);
            hosts.Ring();
            bell.Ring();
        }
        catch (DbUpdateException refused) when (refused.IsUniqueViolation())
        {
            return taken;
        }
        return await show.Run(input.Namespace, input.Name, cancel);
    }

    private async Task Add(
        ImageInput input,
        NamespaceRow? space,
        long? source,
        long? target,
        IReadOnlyList<BuildRule> rules,
        CancellationToken cancel
    )
    {
        var now = time.GetUtcNow();
        if (space is null)
        {
            db.Add(space = new NamespaceRow { Name = input.Namespace, CreatedAt = now });
            await db.SaveChangesAsync(cancel);
        }
        var image = new ImageRow
        {
            NamespaceId = space.Id,
            Name = input.Name,
            Summary = input.Summary,
            IsPublic = input.IsPublic,
            SourceId = source,
            TargetConnectionId = target,
            TargetRepository = string.IsNullOrEmpty(input.TargetRepository) ? null : input.TargetRepository,
            BuildOnPush = input.BuildOnPush,
            NoCache = input.NoCache,
            CreatedAt = now,
        };
        db.Add(image);
        await db.SaveChangesAsync(cancel);
        foreach (var (rule, typed) in rules.Zip(input.Rules))
        {
            var row = new RuleRow
            {
                ImageId = image.Id,
                Pattern = "",
                CreatedAt = now,
            };
            row.Write(rule, typed.NewestWins);
            db.Add(row);
        }
        await db.SaveChangesAsync(cancel);
    }

    private static (List<BuildRule> Rules, List<Failure> Wrong) Check(ImageInput input)
    {
        var wrong = new List<Failure>();
        if (!OciName.IsComponent(input.Namespace))
            wrong.Add(RuleFailures.Name("a namespace", input.Namespace, "namespace"));
        if (!OciName.IsComponent(input.Name))
            wrong.Add(RuleFailures.Name("an image repository", input.Name, "name"));
        if (input.Summary.Length > 500)
            wrong.Add(ImageFailures.SummaryTooLong());
        if (input.Rules.Count > CreateRule.Limit)
            wrong.Add(ImageFailures.TooManyRules(CreateRule.Limit));
        if (input.Rules.Count > 0 && string.IsNullOrEmpty(input.Connection))
            wrong.Add(ImageFailures.RulesNeedSource());
        var rules = new List<BuildRule>();
        foreach (var (at, typed) in input.Rules.Take(CreateRule.Limit).Index())
            if (RuleReading.Read(typed, $"rules[{at}].").Try(out var rule, out var failure))
                rules.Add(rule);
            else
                wrong.AddRange(RuleReading.Parts(failure));
        return (rules, wrong);
    }

    private static T? Keep<T>(Outcome<T> outcome, List<Failure> wrong)
    {
        if (outcome.Ok)
            return outcome.Value;
        wrong.AddRange(RuleReading.Parts(outcome.Failure));
        return default;
    }
}
