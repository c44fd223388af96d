using System.Globalization;
using Fairlead.Contracts.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Rules;
using Fairlead.Core.Sources;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Events.Ledger;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

/// <summary>
/// Starts a build because a person asks: of the ref a rule names, or of one that its pattern matches.
/// </summary>
internal sealed class BuildNow(FairleadDb db, AskHost askHost, MakeBuild make, ListBuilds list)
{
    public async Task<Outcome<BuildInfo>> Run(
        string space,
        string name,
        BuildNowInput input,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!(await db.Images().FindByName(space, name, cancel)).Try(out var found, out var unknown))
            return unknown;
        if (found.Source is null || found.SourceConnection is null)
            return BuildFailures.NoSource(found.Name);
        var rules = await db.Set<RuleRow>()
            .Where(rule => rule.ImageId == found.Image.Id)
            .OrderBy(rule => rule.Id)
            .ToListAsync(cancel);
        if (!Choose(found.Name, rules, input).Try(out var choice, out var vague))
            return vague;
        // The host is asked outside the transaction: it may take seconds.
        var (rule, gitRef) = choice;
        if (!(await askHost(found.Source, null, cancel)).Try(out var refs, out var away))
            return away;
        if (refs.Heads.Count == 0)
            return BuildFailures.RepositoryEmpty(found.SourceConnection.Slug);
        if (refs.All.FirstOrDefault(head => head.Ref == gitRef) is not { } head)
            return BuildFailures.RefMissing(gitRef.Words, found.SourceConnection.Slug);
        var ends = refs.Requests?.FirstOrDefault(one => GitRef.Request(one.Number) == gitRef) is { } request
            ? new RequestEnds(request.Target, request.FromFork)
            : null;
        return await Make(found.Image, rule, head, ends, caller, cancel);
    }

    private async Task<Outcome<BuildInfo>> Make(
        ImageRow image,
        RuleRow rule,
        RefHead head,
        RequestEnds? ends,
        Caller caller,
        CancellationToken cancel
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var request = new BuildRequest(image, rule, head.Ref, head.Commit, BuildReason.Person)
        {
            Key = $"person/{Guid.NewGuid():n}",
            RequestedById = caller.PersonId,
            Ends = ends,
        };
        if (!(await make.Run(db, request, cancel)).Try(out var build, out var failure))
            return failure with { Field = failure.Field ?? "ref" };
        await transaction.CommitAsync(cancel);
        make.Pulse();
        return await list.Show(build.Id, cancel);
    }

    private static Outcome<(RuleRow Rule, GitRef Ref)> Choose(string image, List<RuleRow> rules, BuildNowInput input)
    {
        if (rules.Count == 0)
            return BuildFailures.NoRules(image);
        if (input.Rule is { } wanted)
        {
            rules = rules.Where(rule => rule.Id == wanted).ToList();
            if (rules.Count == 0)
                return ImageFailures.RuleUnknown(image, wanted);
        }
        return string.IsNullOrEmpty(input.Ref) ? OwnRef(image, rules) : Matching(image, rules, input.Ref);
    }

    private static Outcome<(RuleRow, GitRef)> OwnRef(string image, List<RuleRow> rules)
    {
        var exact = rules.Where(rule => !rule.IsRegex && rule.RefKind != RefKind.Request).ToList();
        return exact switch
        {
            [] => BuildFailures.RefNeeded(rules[0].Pattern),
            [var only] => (only, Ref(only.RefKind, only.Pattern)!),
            _ => BuildFailures.RuleNeeded(image, exact.Select(rule => rule.Id)),
        };
    }

    private static Outcome<(RuleRow, GitRef)> Matching(string image, List<RuleRow> rules, string typed)
    {
        var matches = new List<(RuleRow, GitRef)>();
        foreach (var rule in rules)
        {
            var gitRef = GitRef.TryParse(typed, out var full) ? full : Ref(rule.RefKind, typed);
            if (gitRef is null && rule.RefKind == RefKind.Request)
                continue;
            if (gitRef is null)
                return BuildFailures.RefUnsafe(typed);
            if (
                gitRef.Kind == rule.RefKind
                && RuleReading.Read(rule).Try(out var read, out _)
                // Where a request goes to is only known once its host was asked.
                && (gitRef.Kind == RefKind.Request || read.Pattern.Match(gitRef.Name) is not null)
            )
                matches.Add((rule, gitRef));
        }
        return matches switch
        {
            [] => BuildFailures.NoRuleMatches(image, typed),
            [var only] => only,
            _ => BuildFailures.RuleNeeded(image, matches.Select(match => match.Item1.Id)),
        };
    }

    private static GitRef? Ref(RefKind kind, string name) =>
        kind switch
        {
            RefKind.Branch => GitRef.Branch(name),
            RefKind.Tag => GitRef.Tag(name),
            _ => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? GitRef.Request(number)
                : null,
        };
}
