using CodeExec.Contracts.Access;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Progress;
using CodeExec.Contracts.Secrets;
using CodeExec.Contracts.Storage;
using CodeExec.Core.Access;
using CodeExec.Core.Progress;
using CodeExec.Core.Secrets;
using CodeExec.Core.Storage;

namespace CodeExec.Storage.Local.Tests.Fakes;

public sealed class FakeLogStoreTests : LogStoreContract
{
    protected override Task<ILogStore> OpenStoreAsync() => Task.FromResult<ILogStore>(new InMemoryLogStore(Signals));

    protected override Task<ILogStore> ReopenStoreAsync(ILogStore store) => Task.FromResult(store);
}

public sealed class FakeBlobStoreTests : BlobStoreContract
{
    protected override Task<IBlobStore> OpenAsync() => Task.FromResult<IBlobStore>(new InMemoryBlobStore());
}

public sealed class FakeApiKeyStoreTests : ApiKeyStoreContract
{
    protected override Task<IApiKeyStore> OpenAsync() => Task.FromResult<IApiKeyStore>(new InMemoryApiKeyStore());
}

public sealed class FakeSecretProtectorTests : SecretProtectorContract
{
    protected override ISecretProtector Make() => new PlainSecretProtector();
}
