using Fairlead.Core.Rules;
using Fairlead.Core.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Events;

/// <summary>A pull request (merge request) of a source, as its host told of it last. Its head is a ref.</summary>
internal sealed class RequestRow
{
    public long SourceId { get; set; }

    /// <summary><c>refs/pull/7/head</c>, whatever its host calls it.</summary>
    public required string Ref { get; set; }

    /// <summary>A stranger's text, made fit to be shown.</summary>
    public string Title { get; set; } = "";

    /// <summary>Short name of the branch it goes to.</summary>
    public string Target { get; set; } = "";

    /// <summary>It comes from another repository, told by repository id.</summary>
    public bool FromFork { get; set; } = true;

    /// <summary>What its host keeps the head under; null where it keeps none.</summary>
    public string? FetchRef { get; set; }

    public bool IsOpen { get; set; } = true;

    public RequestEnds Ends => new(Target, FromFork);

    public void Take(OpenRequest told)
    {
        (Title, Target, FromFork) = (told.Title, told.Target, told.FromFork);
        (FetchRef, IsOpen) = (told.FetchRef, true);
    }

    internal sealed class Map : IEntityTypeConfiguration<RequestRow>
    {
        public void Configure(EntityTypeBuilder<RequestRow> row)
        {
            row.ToTable("requests");
            row.HasKey(request => new { request.SourceId, request.Ref });
            row.Ignore(request => request.Ends);
            row.HasOne<SourceRow>().WithMany().HasForeignKey(request => request.SourceId);
        }
    }
}
