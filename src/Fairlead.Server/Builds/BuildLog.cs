using System.Runtime.CompilerServices;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

/// <summary>The log of a build as bytes: lines of JSON, stored in the pieces they came in.</summary>
internal sealed class BuildLog(FairleadDb db)
{
    private const int Batch = 32;

    /// <summary>
    /// What is stored from <paramref name="start"/> on, in order; the offset is that of the first byte.
    /// </summary>
    public async IAsyncEnumerable<(long Start, ReadOnlyMemory<byte> Bytes)> Read(
        long build,
        long start,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var pieces = db.Set<BuildLogRow>().AsNoTracking().Where(piece => piece.BuildId == build);
        var first = await pieces.Where(piece => piece.Start <= start).MaxAsync(piece => (long?)piece.Start, cancel);
        for (var from = first ?? start; ; )
        {
            var batch = await pieces
                .Where(piece => piece.Start >= from)
                .OrderBy(piece => piece.Start)
                .Take(Batch)
                .ToListAsync(cancel);
            foreach (var piece in batch)
            {
                var skip = (int)Math.Clamp(start - piece.Start, 0, piece.Bytes.Length);
                if (skip < piece.Bytes.Length)
                    yield return (piece.Start + skip, piece.Bytes.AsMemory(skip));
                from = piece.Start + 1;
            }
            if (batch.Count < Batch)
                yield break;
        }
    }

    /// <summary>Whole lines with the offset behind each. A piece always ends with a line's end.</summary>
    public async IAsyncEnumerable<(long End, ReadOnlyMemory<byte> Line)> Lines(
        long build,
        long start,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var (at, bytes) in Read(build, start, cancel))
            for (var from = 0; bytes.Span[from..].IndexOf((byte)'\n') is var length && length >= 0; )
            {
                var line = bytes.Slice(from, length);
                from += length + 1;
                yield return (at + from, line);
                if (from == bytes.Length)
                    break;
            }
    }
}
