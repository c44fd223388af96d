using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Fairlead.Server.Hosting;

/// <summary>One instrument with one set of labels.</summary>
internal sealed class Series(Instrument instrument, double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly string _kind = Metrics.Kind(instrument);
    private readonly long[] _buckets = new long[bounds.Length];

    // Observable instruments report where they are, and gauges too; the others report by how much they moved.
    private readonly bool _sets = instrument.IsObservable || instrument.GetType().Name == "Gauge`1";
    private double _value;
    private long _count;

    public void Add(double value)
    {
        lock (_lock)
        {
            _value = _sets ? value : _value + value;
            _count++;
            for (var i = 0; i < bounds.Length && _kind == "histogram"; i++)
                if (value <= bounds[i])
                    _buckets[i]++;
        }
    }

    public void Write(StringBuilder text, string name, string labels)
    {
        lock (_lock)
        {
            if (_kind != "histogram")
            {
                Line(text, name, labels, _value);
                return;
            }
            var before = labels.Length == 0 ? "" : labels + ",";
            for (var i = 0; i < bounds.Length; i++)
                Line(text, $"{name}_bucket", $"{before}le=\"{Number(bounds[i])}\"", _buckets[i]);
            Line(text, $"{name}_bucket", $"{before}le=\"+Inf\"", _count);
            Line(text, $"{name}_sum", labels, _value);
            Line(text, $"{name}_count", labels, _count);
        }
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
