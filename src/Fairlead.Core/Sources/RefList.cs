using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Sources;

/// <summary>One branch or tag and the commit it points to (peeled, for annotated tags).</summary>
public sealed record RefHead(GitRef Ref, CommitSha Commit);

/// <summary>The branches and tags of a repository at one moment.</summary>
/// <param name="DefaultBranch">Short name of what HEAD points to; null for an empty repository.</param>
public sealed record RefList(IReadOnlyList<RefHead> Heads, string? DefaultBranch)
{
    /// <summary>Stands for the host's answer, to the letter; null where answers are not compared.</summary>
    public string? Mark { get; init; }

    /// <summary>The answer was the one whose mark was shown, and was not read again: nothing is in here.</summary>
    public bool IsSame { get; private init; }

    public static RefList Same(string mark) => new([], null) { Mark = mark, IsSame = true };

    /// <summary>The open requests; null where nobody asked for them, or the host did not tell.</summary>
    public IReadOnlyList<OpenRequest>? Requests { get; private init; }

    /// <summary>Why the host did not tell of its requests.</summary>
    public Failure? RequestsFailure { get; private init; }

    /// <summary>The heads of branches, tags and, as far as they are known, of requests.</summary>
    public IEnumerable<RefHead> All => Heads.Concat(RequestHeads);

    /// <summary>The same with what the host said of its requests.</summary>
    public RefList With(Outcome<IReadOnlyList<OpenRequest>> requests) =>
        requests.Try(out var listed, out var failure)
            ? this with
            {
                Requests = [.. listed.Where(one => one.Number > 0).DistinctBy(one => one.Number).Select(Whole)],
                Mark = Mark is null ? null : WholeMark.Of(Mark, listed).ToString(),
            }
            : this with
            {
                RequestsFailure = failure,
                Mark = null,
            };

    /// <summary>Whether this says of a ref that it is there or not.</summary>
    public bool Tells(GitRef name) =>
        name.Kind != RefKind.Request
        || (
            Requests is not null
            && !Requests.Any(one => GitRef.Request(one.Number) == name && !CommitSha.TryParse(one.Head, out _))
        );

    private IEnumerable<RefHead> RequestHeads =>
        from request in Requests ?? []
        where CommitSha.TryParse(request.Head, out _)
        select new RefHead(GitRef.Request(request.Number)!, CommitSha.Parse(request.Head));

    /// <summary>
    /// A commit that a host shortens, or does not tell, is the head of the branch that the request comes from.
    /// </summary>
    private OpenRequest Whole(OpenRequest request) =>
        CommitSha.TryParse(request.Head, out _) || request.FromFork || request.Head.Length is > 0 and < 7
            ? request
            : request with
            {
                Head =
                    Heads
                        .FirstOrDefault(head =>
                            head.Ref.Full == "refs/heads/" + request.Source
                            && head.Commit.Value.StartsWith(request.Head, StringComparison.Ordinal)
                        )
                        ?.Commit.Value
                    ?? "",
            };
}
