using System.Buffers;
using System.Formats.Tar;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Runner.Images;

/// <summary>
/// One connection to buildah's jail: a request goes in as an archive, lines come out, and in the end a line only the
/// jail can write, since a step knows nothing of the nonce in it. Closing the connection ends the work.
/// </summary>
internal sealed class JailCall : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;
    private readonly string _nonce = RandomNumberGenerator.GetHexString(32);

    private JailCall(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
        _reader = PipeReader.Create(_stream);
    }

    /// <exception cref="SocketException">Nothing listens there.</exception>
    public static async Task<JailCall> Connect(string path, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return new JailCall(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Says what to do.</summary>
    /// <param name="command"><c>build</c> or <c>export</c>.</param>
    /// <param name="cache">Names the directory of cache mounts.</param>
    /// <param name="files">What the arguments name as <c>../job/NAME</c>; kept in memory there.</param>
    public async Task Request(
        string command,
        string cache,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, byte[]> files,
        CancellationToken cancel
    )
    {
        await using var archive = new TarWriter(_stream, TarEntryFormat.Pax, leaveOpen: true);
        async Task Add(string name, byte[] content) =>
            await archive.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) },
                cancel
            );
        await Add("command", Encoding.ASCII.GetBytes(command));
        await Add("nonce", Encoding.ASCII.GetBytes(_nonce));
        await Add("cache", Encoding.ASCII.GetBytes(cache));
        await Add("arguments", Encoding.UTF8.GetBytes(string.Concat(arguments.Select(argument => argument + '\0'))));
        foreach (var (name, content) in files)
            await Add(name, content);
    }

    /// <summary>Sends a directory, links as links.</summary>
    public Task Send(string directory, CancellationToken cancel) =>
        TarFile.CreateFromDirectoryAsync(directory, _stream, includeBaseDirectory: false, cancel);

    /// <summary>Reads lines to the end of the work; null when the jail broke off.</summary>
    public async Task<JailResult?> Read(Action<string> line, CancellationToken cancel)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancel);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var text = Encoding.UTF8.GetString(rest.Slice(0, end));
                rest = rest.Slice(rest.GetPosition(1, end));
                if (text.StartsWith(_nonce + " ", StringComparison.Ordinal))
                {
                    _reader.AdvanceTo(rest.Start);
                    var words = text.Split(' ');
                    return new JailResult(words[1] == "0", words[2]);
                }
                line(text.TrimEnd('\r'));
            }
            _reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
                return null;
        }
    }

    /// <summary>Unpacks the archive that follows the result of an export.</summary>
    public async Task Receive(string directory, CancellationToken cancel)
    {
        await using var stream = _reader.AsStream(leaveOpen: true);
        await TarFile.ExtractToDirectoryAsync(stream, directory, overwriteFiles: false, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.CompleteAsync();
        await _stream.DisposeAsync();
        _socket.Dispose();
    }
}

/// <summary>How work in the jail ended.</summary>
/// <param name="Ok">The engine succeeded.</param>
/// <param name="Image">What it wrote as image id; empty when nothing.</param>
internal sealed record JailResult(bool Ok, string Image);
