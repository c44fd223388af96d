namespace Fairlead.Emulators.Hosting;

/// <summary>Passes an answer on and keeps a copy of it, if it is JSON: git is streamed, and not held here.</summary>
internal sealed class KeptBody(HttpResponse response) : Stream
{
    private readonly Stream _inner = response.Body;
    private readonly MemoryStream _kept = new();

    /// <summary>Null for an answer that is no JSON, or nothing.</summary>
    public byte[]? Json => _kept.Length > 0 ? _kept.ToArray() : null;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        if (response.ContentType?.Contains("json", StringComparison.Ordinal) == true)
            _kept.Write(buffer.Span);
        await _inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
