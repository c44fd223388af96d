using Fairlead.Core.Sources;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Images;

/// <summary>When to build an image, from where in the tree, and what to call the result.</summary>
internal sealed class RuleRow
{
    public long Id { get; set; }
    public long ImageId { get; set; }
    public RefKind RefKind { get; set; }

    /// <summary>An exact name, or a regular expression that must match the whole name.</summary>
    public required string Pattern { get; set; }

    public bool IsRegex { get; set; }

    /// <summary>The build context, relative to the repository's root: <c>/</c>, <c>/server</c>.</summary>
    public string Directory { get; set; } = "/";

    /// <summary>Relative to <see cref="Directory"/>.</summary>
    public string Dockerfile { get; set; } = "Dockerfile";

    /// <summary>Templates of the tags to publish; at least one.</summary>
    public List<string> Versions { get; set; } = [];

    public Dictionary<string, string> Arguments { get; set; } = [];

    /// <summary><c>linux/amd64</c>, ...; empty for the builder's own.</summary>
    public List<string> Platforms { get; set; } = [];

    /// <summary>Which changes matter; empty for all.</summary>
    public List<string> Paths { get; set; } = [];

    /// <summary>A newer commit of the same ref takes the place of one that still waits.</summary>
    public bool NewestWins { get; set; } = true;

    public int TimeLimitMinutes { get; set; } = 60;

    /// <summary>Of a rule about requests: also those from other repositories.</summary>
    public bool Forks { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<RuleRow>
    {
        public void Configure(EntityTypeBuilder<RuleRow> row)
        {
            row.ToTable("rules");
            row.HasOne<ImageRow>().WithMany().HasForeignKey(rule => rule.ImageId);
            row.Property(rule => rule.Versions).AsJson();
            row.Property(rule => rule.Arguments).AsJson();
            row.Property(rule => rule.Platforms).AsJson();
            row.Property(rule => rule.Paths).AsJson().HasDefaultValueSql("'[]'");
        }
    }
}
