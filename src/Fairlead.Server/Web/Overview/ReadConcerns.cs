using Fairlead.Core.Builds;
using Fairlead.Core.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Fairlead.Server.Web.Parts;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Web.Overview;

/// <summary>Everything that needs a person: connections that are refused or end soon, builds that stay red.</summary>
internal sealed class ReadConcerns(FairleadDb db, UsableConnections connections, TimeProvider time)
{
    private const int Most = 8;
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);
    private static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    public async Task<IReadOnlyList<Concern>> Run(Caller caller, CancellationToken cancel) =>
        [
            .. (await Connections(caller, cancel))
                .Concat(await Polls(cancel))
                .Concat(await Builds(cancel))
                .OrderByDescending(concern => concern.Tone)
                .Take(Most),
        ];

    private async Task<IEnumerable<Concern>> Connections(Caller caller, CancellationToken cancel)
    {
        var rows = await connections.For(caller).AsNoTracking().OrderBy(row => row.Slug).ToListAsync(cancel);
        return rows.Select(Of).OfType<Concern>();
    }

    private Concern? Of(ConnectionRow row)
    {
        var href = $"/connections/{row.Slug}";
        return row.Verdict switch
        {
            { Proposal: not null } => new(Tone.Warn, row.Slug, href, row.Verdict.Sentence, row.VerifiedAt),
            { Kind: VerdictKind.Trusted, ExpiresAt: { } end } when end - time.GetUtcNow() < Soon => new(
                Tone.Warn,
                row.Slug,
                href,
                $"the credential ends {Words.Ago(end, time.GetUtcNow())}",
                null
            ),
            { Kind: VerdictKind.Trusted or VerdictKind.Unverified } => null,
            _ => new(Words.State(row.VerdictKind).Tone, row.Slug, href, row.Verdict.Sentence, row.VerifiedAt),
        };
    }

    private async Task<IEnumerable<Concern>> Polls(CancellationToken cancel) =>
        from source in await (
            from source in db.Set<SourceRow>()
            where source.PollFailure != null
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            where connection.VerdictKind == VerdictKind.Trusted
            select new
            {
                connection.Slug,
                source.Repository,
                source.PollFailure,
                source.PolledAt,
            }
        )
            .Take(Most)
            .ToListAsync(cancel)
        select new Concern(
            Tone.Warn,
            source.Repository.Length > 0 ? source.Repository : source.Slug,
            $"/connections/{source.Slug}",
            source.PollFailure!,
            source.PolledAt
        );

    /// <summary>The last finished build of each image and ref, where it failed.</summary>
    private async Task<IEnumerable<Concern>> Builds(CancellationToken cancel)
    {
        var from = time.GetUtcNow() - Lately;
        var last = db.Set<BuildRow>()
            .Where(build =>
                build.FinishedAt >= from
                && (
                    build.State == BuildState.Succeeded
                    || build.State == BuildState.Failed
                    || build.State == BuildState.TimedOut
                )
            )
            .GroupBy(build => new { build.ImageId, build.Ref })
            .Select(group => group.Max(build => build.Id));
        var red =
            from build in db.Set<BuildRow>()
            where last.Contains(build.Id) && build.State != BuildState.Succeeded
            join image in db.Set<ImageRow>() on build.ImageId equals image.Id
            join space in db.Set<NamespaceRow>() on image.NamespaceId equals space.Id
            orderby build.Id descending
            select new
            {
                build.Id,
                Image = space.Name + "/" + image.Name,
                build.Ref,
                build.FailureSentence,
                build.FinishedAt,
            };
        return (await red.Take(Most).ToListAsync(cancel)).Select(build => new Concern(
            Tone.Bad,
            build.Image,
            $"/builds/{build.Id}",
            $"build failed on {Words.Ref(build.Ref)}. {build.FailureSentence}",
            build.FinishedAt
        ));
    }
}
