using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Fairlead.Server.Hosting;

/// <summary>
/// Collects what the framework and our own meters measure and writes it as Prometheus text. Counters and gauges keep
/// their value, histograms their count, sum and a few buckets.
/// </summary>
internal sealed class Metrics : IDisposable
{
    /// <summary>Our own instruments are made from this meter.</summary>
    public const string Meter = "Fairlead";

    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Series kept at most, so a tag with many values cannot fill the memory.</summary>
    private const int MostSeries = 5000;

    private static readonly string[] Heard =
    [
        Meter,
        "System.Runtime",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
    ];

    // Seconds; what http requests and builds take.
    private static readonly double[] Bounds = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10, 60, 300, 1800];

    private readonly SeriesTable _series = new(MostSeries, static instrument => new Series(instrument, Bounds));
    private readonly MeterListener _listener = new();

    public Metrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Heard.Contains(instrument.Meter.Name))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _listener.Start();
    }

    public string Text()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in _series.All.GroupBy(series => Name(series.Key.Instrument)).OrderBy(family => family.Key))
        {
            var instrument = family.First().Key.Instrument;
            text.Append("# HELP ").Append(family.Key).Append(' ').Append(Help(instrument)).Append('\n');
            text.Append("# TYPE ").Append(family.Key).Append(' ').Append(Kind(instrument)).Append('\n');
            var lines = family.Select(series => (Labels: Labels(series.Key.Tags), Series: series.Value));
            foreach (var (labels, series) in lines.OrderBy(line => line.Labels, StringComparer.Ordinal))
                series.Write(text, family.Key, labels);
        }
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _series.Find(instrument, tags)?.Add(value);

    private static string Labels(KeyValuePair<string, object?>[] tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            var shown = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            var escaped = shown.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
            text.Append(text.Length == 0 ? "" : ",").Append(Clean(name)).Append("=\"").Append(escaped).Append('"');
        }
        return text.ToString();
    }

    private static string Name(Instrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return Clean(instrument.Name) + unit + (Kind(instrument) == "counter" ? "_total" : "");
    }

    private static string Clean(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Help(Instrument instrument) =>
        (instrument.Description ?? instrument.Name).Replace("\\", "\\\\").Replace("\n", " ");

    internal static string Kind(Instrument instrument) =>
        instrument.GetType().Name switch
        {
            "Histogram`1" => "histogram",
            "Counter`1" or "ObservableCounter`1" => "counter",
            _ => "gauge",
        };
}
