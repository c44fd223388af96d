using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Fairlead.Server.Hosting;

/// <summary>
/// Series by instrument and tags. One that is known is found without writing its labels out: several measurements
/// are taken of every request.
/// </summary>
internal sealed class SeriesTable(int most, Func<Instrument, Series> make)
{
    private readonly ConcurrentDictionary<Key, Series> _series = new(new SameTags());

    public IEnumerable<KeyValuePair<Key, Series>> All => _series;

    /// <summary>Null when it would be one series too many.</summary>
    public Series? Find(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var lookup = _series.GetAlternateLookup<Asked>();
        var asked = new Asked(instrument, tags);
        if (lookup.TryGetValue(asked, out var series))
            return series;
        return _series.Count >= most
            ? null
            : _series.GetOrAdd(new Key(instrument, tags.ToArray()), _ => make(instrument));
    }

    internal sealed record Key(Instrument Instrument, KeyValuePair<string, object?>[] Tags);

    private readonly ref struct Asked(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        public readonly Instrument Instrument = instrument;
        public readonly ReadOnlySpan<KeyValuePair<string, object?>> Tags = tags;
    }

    private sealed class SameTags : IEqualityComparer<Key>, IAlternateEqualityComparer<Asked, Key>
    {
        public bool Equals(Key? one, Key? other) =>
            one is null ? other is null : other is not null && Equals(new Asked(one.Instrument, one.Tags), other);

        public int GetHashCode(Key key) => GetHashCode(new Asked(key.Instrument, key.Tags));

        public bool Equals(Asked asked, Key key)
        {
            if (asked.Instrument != key.Instrument || asked.Tags.Length != key.Tags.Length)
                return false;
            for (var i = 0; i < asked.Tags.Length; i++)
                if (asked.Tags[i].Key != key.Tags[i].Key || !Equals(asked.Tags[i].Value, key.Tags[i].Value))
                    return false;
            return true;
        }

        public int GetHashCode(Asked asked)
        {
            var hash = asked.Instrument.GetHashCode();
            foreach (var (_, value) in asked.Tags)
                hash = HashCode.Combine(hash, value);
            return hash;
        }

        public Key Create(Asked asked) => new(asked.Instrument, asked.Tags.ToArray());
    }
}
