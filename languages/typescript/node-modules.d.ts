// Made by eng/node-modules.d.ts.js; do not edit.
declare module "assert" {
  const assert: any;
  export default assert;
  export const ok: any, equal: any, notEqual: any, deepEqual: any, deepStrictEqual: any, notDeepStrictEqual: any, strictEqual: any, notStrictEqual: any, throws: any, rejects: any, doesNotThrow: any, match: any, fail: any, strict: any;
  export class AssertionError extends Error { [member: string]: any; }
}
declare module "node:assert" {
  export * from "assert";
  export { default } from "assert";
}
declare module "assert/strict" {
  const assert: any;
  export default assert;
  export const ok: any, equal: any, notEqual: any, deepEqual: any, deepStrictEqual: any, notDeepStrictEqual: any, strictEqual: any, notStrictEqual: any, throws: any, rejects: any, doesNotThrow: any, match: any, fail: any, strict: any;
  export class AssertionError extends Error { [member: string]: any; }
}
declare module "node:assert/strict" {
  export * from "assert/strict";
  export { default } from "assert/strict";
}
declare module "async_hooks" {
  export class AsyncLocalStorage { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class AsyncResource { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const asyncWrapProviders: any, createHook: any, executionAsyncId: any, executionAsyncResource: any, triggerAsyncId: any;
}
declare module "node:async_hooks" {
  export * from "async_hooks";
}
declare module "buffer" {
  export class Blob { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Buffer { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class File { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class SlowBuffer { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const INSPECT_MAX_BYTES: any, atob: any, btoa: any, constants: any, isAscii: any, isUtf8: any, kMaxLength: any, kStringMaxLength: any, resolveObjectURL: any, transcode: any;
}
declare module "node:buffer" {
  export * from "buffer";
}
declare module "child_process" {
  export class ChildProcess { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const exec: any, execFile: any, execFileSync: any, execSync: any, fork: any, spawn: any, spawnSync: any;
}
declare module "node:child_process" {
  export * from "child_process";
}
declare module "cluster" {
  export class Worker { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const SCHED_NONE: any, SCHED_RR: any, disconnect: any, fork: any, isMaster: any, isPrimary: any, isWorker: any, schedulingPolicy: any, settings: any, setupMaster: any, setupPrimary: any, workers: any;
}
declare module "node:cluster" {
  export * from "cluster";
}
declare module "console" {
  export class Console { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const assert: any, clear: any, context: any, count: any, countReset: any, createTask: any, debug: any, dir: any, dirxml: any, error: any, group: any, groupCollapsed: any, groupEnd: any, info: any, log: any, profile: any, profileEnd: any, table: any, time: any, timeEnd: any, timeLog: any, timeStamp: any, trace: any, warn: any;
}
declare module "node:console" {
  export * from "console";
}
declare module "constants" {
  export const COPYFILE_EXCL: any, COPYFILE_FICLONE: any, COPYFILE_FICLONE_FORCE: any, DH_CHECK_P_NOT_PRIME: any, DH_CHECK_P_NOT_SAFE_PRIME: any, DH_NOT_SUITABLE_GENERATOR: any, DH_UNABLE_TO_CHECK_GENERATOR: any, E2BIG: any, EACCES: any, EADDRINUSE: any, EADDRNOTAVAIL: any, EAFNOSUPPORT: any, EAGAIN: any, EALREADY: any, EBADF: any, EBADMSG: any, EBUSY: any, ECANCELED: any, ECHILD: any, ECONNABORTED: any, ECONNREFUSED: any, ECONNRESET: any, EDEADLK: any, EDESTADDRREQ: any, EDOM: any, EDQUOT: any, EEXIST: any, EFAULT: any, EFBIG: any, EHOSTUNREACH: any, EIDRM: any, EILSEQ: any, EINPROGRESS: any, EINTR: any, EINVAL: any, EIO: any, EISCONN: any, EISDIR: any, ELOOP: any, EMFILE: any, EMLINK: any, EMSGSIZE: any, EMULTIHOP: any, ENAMETOOLONG: any, ENETDOWN: any, ENETRESET: any, ENETUNREACH: any, ENFILE: any, ENGINE_METHOD_ALL: any, ENGINE_METHOD_CIPHERS: any, ENGINE_METHOD_DH: any, ENGINE_METHOD_DIGESTS: any, ENGINE_METHOD_DSA: any, ENGINE_METHOD_EC: any, ENGINE_METHOD_NONE: any, ENGINE_METHOD_PKEY_ASN1_METHS: any, ENGINE_METHOD_PKEY_METHS: any, ENGINE_METHOD_RAND: any, ENGINE_METHOD_RSA: any, ENOBUFS: any, ENODATA: any, ENODEV: any, ENOENT: any, ENOEXEC: any, ENOLCK: any, ENOLINK: any, ENOMEM: any, ENOMSG: any, ENOPROTOOPT: any, ENOSPC: any, ENOSR: any, ENOSTR: any, ENOSYS: any, ENOTCONN: any, ENOTDIR: any, ENOTEMPTY: any, ENOTSOCK: any, ENOTSUP: any, ENOTTY: any, ENXIO: any, EOPNOTSUPP: any, EOVERFLOW: any, EPERM: any, EPIPE: any, EPROTO: any, EPROTONOSUPPORT: any, EPROTOTYPE: any, ERANGE: any, EROFS: any, ESPIPE: any, ESRCH: any, ESTALE: any, ETIME: any, ETIMEDOUT: any, ETXTBSY: any, EWOULDBLOCK: any, EXDEV: any, EXTENSIONLESS_FORMAT_JAVASCRIPT: any, EXTENSIONLESS_FORMAT_WASM: any, F_OK: any, OPENSSL_VERSION_NUMBER: any, O_APPEND: any, O_CREAT: any, O_DIRECT: any, O_DIRECTORY: any, O_DSYNC: any, O_EXCL: any, O_NOATIME: any, O_NOCTTY: any, O_NOFOLLOW: any, O_NONBLOCK: any, O_RDONLY: any, O_RDWR: any, O_SYNC: any, O_TRUNC: any, O_WRONLY: any, POINT_CONVERSION_COMPRESSED: any, POINT_CONVERSION_HYBRID: any, POINT_CONVERSION_UNCOMPRESSED: any, PRIORITY_ABOVE_NORMAL: any, PRIORITY_BELOW_NORMAL: any, PRIORITY_HIGH: any, PRIORITY_HIGHEST: any, PRIORITY_LOW: any, PRIORITY_NORMAL: any, RSA_NO_PADDING: any, RSA_PKCS1_OAEP_PADDING: any, RSA_PKCS1_PADDING: any, RSA_PKCS1_PSS_PADDING: any, RSA_PSS_SALTLEN_AUTO: any, RSA_PSS_SALTLEN_DIGEST: any, RSA_PSS_SALTLEN_MAX_SIGN: any, RSA_X931_PADDING: any, RTLD_DEEPBIND: any, RTLD_GLOBAL: any, RTLD_LAZY: any, RTLD_LOCAL: any, RTLD_NOW: any, R_OK: any, SIGABRT: any, SIGALRM: any, SIGBUS: any, SIGCHLD: any, SIGCONT: any, SIGFPE: any, SIGHUP: any, SIGILL: any, SIGINT: any, SIGIO: any, SIGIOT: any, SIGKILL: any, SIGPIPE: any, SIGPOLL: any, SIGPROF: any, SIGPWR: any, SIGQUIT: any, SIGSEGV: any, SIGSTKFLT: any, SIGSTOP: any, SIGSYS: any, SIGTERM: any, SIGTRAP: any, SIGTSTP: any, SIGTTIN: any, SIGTTOU: any, SIGURG: any, SIGUSR1: any, SIGUSR2: any, SIGVTALRM: any, SIGWINCH: any, SIGXCPU: any, SIGXFSZ: any, SSL_OP_ALL: any, SSL_OP_ALLOW_NO_DHE_KEX: any, SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION: any, SSL_OP_CIPHER_SERVER_PREFERENCE: any, SSL_OP_CISCO_ANYCONNECT: any, SSL_OP_COOKIE_EXCHANGE: any, SSL_OP_CRYPTOPRO_TLSEXT_BUG: any, SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS: any, SSL_OP_LEGACY_SERVER_CONNECT: any, SSL_OP_NO_COMPRESSION: any, SSL_OP_NO_ENCRYPT_THEN_MAC: any, SSL_OP_NO_QUERY_MTU: any, SSL_OP_NO_RENEGOTIATION: any, SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION: any, SSL_OP_NO_SSLv2: any, SSL_OP_NO_SSLv3: any, SSL_OP_NO_TICKET: any, SSL_OP_NO_TLSv1: any, SSL_OP_NO_TLSv1_1: any, SSL_OP_NO_TLSv1_2: any, SSL_OP_NO_TLSv1_3: any, SSL_OP_PRIORITIZE_CHACHA: any, SSL_OP_TLS_ROLLBACK_BUG: any, S_IFBLK: any, S_IFCHR: any, S_IFDIR: any, S_IFIFO: any, S_IFLNK: any, S_IFMT: any, S_IFREG: any, S_IFSOCK: any, S_IRGRP: any, S_IROTH: any, S_IRUSR: any, S_IRWXG: any, S_IRWXO: any, S_IRWXU: any, S_IWGRP: any, S_IWOTH: any, S_IWUSR: any, S_IXGRP: any, S_IXOTH: any, S_IXUSR: any, TLS1_1_VERSION: any, TLS1_2_VERSION: any, TLS1_3_VERSION: any, TLS1_VERSION: any, UV_DIRENT_BLOCK: any, UV_DIRENT_CHAR: any, UV_DIRENT_DIR: any, UV_DIRENT_FIFO: any, UV_DIRENT_FILE: any, UV_DIRENT_LINK: any, UV_DIRENT_SOCKET: any, UV_DIRENT_UNKNOWN: any, UV_FS_COPYFILE_EXCL: any, UV_FS_COPYFILE_FICLONE: any, UV_FS_COPYFILE_FICLONE_FORCE: any, UV_FS_O_FILEMAP: any, UV_FS_SYMLINK_DIR: any, UV_FS_SYMLINK_JUNCTION: any, W_OK: any, X_OK: any, defaultCoreCipherList: any;
}
declare module "node:constants" {
  export * from "constants";
}
declare module "crypto" {
  export class Certificate { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Cipher { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Cipheriv { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Decipher { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Decipheriv { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class DiffieHellman { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class DiffieHellmanGroup { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class ECDH { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Hash { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Hmac { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class KeyObject { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Sign { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Verify { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class X509Certificate { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const checkPrime: any, checkPrimeSync: any, constants: any, createCipheriv: any, createDecipheriv: any, createDiffieHellman: any, createDiffieHellmanGroup: any, createECDH: any, createHash: any, createHmac: any, createPrivateKey: any, createPublicKey: any, createSecretKey: any, createSign: any, createVerify: any, diffieHellman: any, generateKey: any, generateKeyPair: any, generateKeyPairSync: any, generateKeySync: any, generatePrime: any, generatePrimeSync: any, getCipherInfo: any, getCiphers: any, getCurves: any, getDiffieHellman: any, getFips: any, getHashes: any, getRandomValues: any, hash: any, hkdf: any, hkdfSync: any, pbkdf2: any, pbkdf2Sync: any, privateDecrypt: any, privateEncrypt: any, publicDecrypt: any, publicEncrypt: any, randomBytes: any, randomFill: any, randomFillSync: any, randomInt: any, randomUUID: any, scrypt: any, scryptSync: any, secureHeapUsed: any, setEngine: any, setFips: any, sign: any, subtle: any, timingSafeEqual: any, verify: any, webcrypto: any;
}
declare module "node:crypto" {
  export * from "crypto";
}
declare module "dgram" {
  export class Socket { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const createSocket: any;
}
declare module "node:dgram" {
  export * from "dgram";
}
declare module "diagnostics_channel" {
  export class Channel { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const channel: any, hasSubscribers: any, subscribe: any, tracingChannel: any, unsubscribe: any;
}
declare module "node:diagnostics_channel" {
  export * from "diagnostics_channel";
}
declare module "dns" {
  export class Resolver { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const ADDRCONFIG: any, ADDRGETNETWORKPARAMS: any, ALL: any, BADFAMILY: any, BADFLAGS: any, BADHINTS: any, BADNAME: any, BADQUERY: any, BADRESP: any, BADSTR: any, CANCELLED: any, CONNREFUSED: any, DESTRUCTION: any, EOF: any, FILE: any, FORMERR: any, LOADIPHLPAPI: any, NODATA: any, NOMEM: any, NONAME: any, NOTFOUND: any, NOTIMP: any, NOTINITIALIZED: any, REFUSED: any, SERVFAIL: any, TIMEOUT: any, V4MAPPED: any, getDefaultResultOrder: any, getServers: any, lookup: any, lookupService: any, promises: any, resolve: any, resolve4: any, resolve6: any, resolveAny: any, resolveCaa: any, resolveCname: any, resolveMx: any, resolveNaptr: any, resolveNs: any, resolvePtr: any, resolveSoa: any, resolveSrv: any, resolveTxt: any, reverse: any, setDefaultResultOrder: any, setServers: any;
}
declare module "node:dns" {
  export * from "dns";
}
declare module "dns/promises" {
  export class Resolver { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const ADDRGETNETWORKPARAMS: any, BADFAMILY: any, BADFLAGS: any, BADHINTS: any, BADNAME: any, BADQUERY: any, BADRESP: any, BADSTR: any, CANCELLED: any, CONNREFUSED: any, DESTRUCTION: any, EOF: any, FILE: any, FORMERR: any, LOADIPHLPAPI: any, NODATA: any, NOMEM: any, NONAME: any, NOTFOUND: any, NOTIMP: any, NOTINITIALIZED: any, REFUSED: any, SERVFAIL: any, TIMEOUT: any, getDefaultResultOrder: any, getServers: any, lookup: any, lookupService: any, resolve: any, resolve4: any, resolve6: any, resolveAny: any, resolveCaa: any, resolveCname: any, resolveMx: any, resolveNaptr: any, resolveNs: any, resolvePtr: any, resolveSoa: any, resolveSrv: any, resolveTxt: any, reverse: any, setDefaultResultOrder: any, setServers: any;
}
declare module "node:dns/promises" {
  export * from "dns/promises";
}
declare module "domain" {
  export class Domain { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const active: any, create: any, createDomain: any;
}
declare module "node:domain" {
  export * from "domain";
}
declare module "events" {
  class EventEmitter { constructor(...args: any[]); static once: any; static on: any; [member: string]: any; }
  namespace EventEmitter { export { EventEmitter }; }
  export = EventEmitter;
}
declare module "node:events" {
  import all = require("events");
  export = all;
}
declare module "fs" {
  export class Dir { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Dirent { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class FileReadStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class FileWriteStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class ReadStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Stats { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class WriteStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const F_OK: any, R_OK: any, W_OK: any, X_OK: any, access: any, accessSync: any, appendFile: any, appendFileSync: any, chmod: any, chmodSync: any, chown: any, chownSync: any, close: any, closeSync: any, constants: any, copyFile: any, copyFileSync: any, cp: any, cpSync: any, createReadStream: any, createWriteStream: any, exists: any, existsSync: any, fchmod: any, fchmodSync: any, fchown: any, fchownSync: any, fdatasync: any, fdatasyncSync: any, fstat: any, fstatSync: any, fsync: any, fsyncSync: any, ftruncate: any, ftruncateSync: any, futimes: any, futimesSync: any, lchmod: any, lchmodSync: any, lchown: any, lchownSync: any, link: any, linkSync: any, lstat: any, lstatSync: any, lutimes: any, lutimesSync: any, mkdir: any, mkdirSync: any, mkdtemp: any, mkdtempSync: any, open: any, openAsBlob: any, openSync: any, opendir: any, opendirSync: any, promises: any, read: any, readFile: any, readFileSync: any, readSync: any, readdir: any, readdirSync: any, readlink: any, readlinkSync: any, readv: any, readvSync: any, realpath: any, realpathSync: any, rename: any, renameSync: any, rm: any, rmSync: any, rmdir: any, rmdirSync: any, stat: any, statSync: any, statfs: any, statfsSync: any, symlink: any, symlinkSync: any, truncate: any, truncateSync: any, unlink: any, unlinkSync: any, unwatchFile: any, utimes: any, utimesSync: any, watch: any, watchFile: any, write: any, writeFile: any, writeFileSync: any, writeSync: any, writev: any, writevSync: any;
}
declare module "node:fs" {
  export * from "fs";
}
declare module "fs/promises" {
  export const access: any, appendFile: any, chmod: any, chown: any, constants: any, copyFile: any, cp: any, lchmod: any, lchown: any, link: any, lstat: any, lutimes: any, mkdir: any, mkdtemp: any, open: any, opendir: any, readFile: any, readdir: any, readlink: any, realpath: any, rename: any, rm: any, rmdir: any, stat: any, statfs: any, symlink: any, truncate: any, unlink: any, utimes: any, watch: any, writeFile: any;
}
declare module "node:fs/promises" {
  export * from "fs/promises";
}
declare module "http" {
  export class Agent { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class ClientRequest { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class IncomingMessage { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class OutgoingMessage { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Server { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class ServerResponse { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const METHODS: any, STATUS_CODES: any, createServer: any, get: any, globalAgent: any, maxHeaderSize: any, request: any, setMaxIdleHTTPParsers: any, validateHeaderName: any, validateHeaderValue: any;
}
declare module "node:http" {
  export * from "http";
}
declare module "http2" {
  export class Http2ServerRequest { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Http2ServerResponse { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const connect: any, constants: any, createSecureServer: any, createServer: any, getDefaultSettings: any, getPackedSettings: any, getUnpackedSettings: any, performServerHandshake: any, sensitiveHeaders: any;
}
declare module "node:http2" {
  export * from "http2";
}
declare module "https" {
  export class Agent { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Server { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const createServer: any, get: any, globalAgent: any, request: any;
}
declare module "node:https" {
  export * from "https";
}
declare module "inspector" {
  export class Session { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const Network: any, close: any, console: any, open: any, url: any, waitForDebugger: any;
}
declare module "node:inspector" {
  export * from "inspector";
}
declare module "inspector/promises" {
  export class Session { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const Network: any, close: any, console: any, open: any, url: any, waitForDebugger: any;
}
declare module "node:inspector/promises" {
  export * from "inspector/promises";
}
declare module "module" {
  export class Module { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class SourceMap { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const builtinModules: any, createRequire: any, findSourceMap: any, globalPaths: any, isBuiltin: any, register: any, runMain: any, syncBuiltinESMExports: any;
}
declare module "node:module" {
  export * from "module";
}
declare module "net" {
  export class BlockList { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Server { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Socket { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class SocketAddress { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Stream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const connect: any, createConnection: any, createServer: any, getDefaultAutoSelectFamily: any, getDefaultAutoSelectFamilyAttemptTimeout: any, isIP: any, isIPv4: any, isIPv6: any, setDefaultAutoSelectFamily: any, setDefaultAutoSelectFamilyAttemptTimeout: any;
}
declare module "node:net" {
  export * from "net";
}
declare module "os" {
  export const EOL: any, arch: any, availableParallelism: any, constants: any, cpus: any, devNull: any, endianness: any, freemem: any, getPriority: any, homedir: any, hostname: any, loadavg: any, machine: any, networkInterfaces: any, platform: any, release: any, setPriority: any, tmpdir: any, totalmem: any, type: any, uptime: any, userInfo: any, version: any;
}
declare module "node:os" {
  export * from "os";
}
declare module "path" {
  export const basename: any, delimiter: any, dirname: any, extname: any, format: any, isAbsolute: any, join: any, matchesGlob: any, normalize: any, parse: any, posix: any, relative: any, resolve: any, sep: any, toNamespacedPath: any, win32: any;
}
declare module "node:path" {
  export * from "path";
}
declare module "path/posix" {
  export const basename: any, delimiter: any, dirname: any, extname: any, format: any, isAbsolute: any, join: any, matchesGlob: any, normalize: any, parse: any, posix: any, relative: any, resolve: any, sep: any, toNamespacedPath: any, win32: any;
}
declare module "node:path/posix" {
  export * from "path/posix";
}
declare module "path/win32" {
  export const basename: any, delimiter: any, dirname: any, extname: any, format: any, isAbsolute: any, join: any, matchesGlob: any, normalize: any, parse: any, posix: any, relative: any, resolve: any, sep: any, toNamespacedPath: any, win32: any;
}
declare module "node:path/win32" {
  export * from "path/win32";
}
declare module "perf_hooks" {
  export class Performance { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class PerformanceEntry { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class PerformanceMark { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class PerformanceMeasure { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class PerformanceObserver { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class PerformanceObserverEntryList { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class PerformanceResourceTiming { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const constants: any, createHistogram: any, monitorEventLoopDelay: any, performance: any;
}
declare module "node:perf_hooks" {
  export * from "perf_hooks";
}
declare module "process" {
  export const abort: any, allowedNodeEnvironmentFlags: any, arch: any, argv: any, argv0: any, assert: any, availableMemory: any, binding: any, chdir: any, config: any, constrainedMemory: any, cpuUsage: any, cwd: any, debugPort: any, dlopen: any, domain: any, emitWarning: any, env: any, execArgv: any, execPath: any, exit: any, exitCode: any, features: any, getActiveResourcesInfo: any, getBuiltinModule: any, getegid: any, geteuid: any, getgid: any, getgroups: any, getuid: any, hasUncaughtExceptionCaptureCallback: any, hrtime: any, initgroups: any, kill: any, loadEnvFile: any, mainModule: any, memoryUsage: any, moduleLoadList: any, nextTick: any, noDeprecation: any, openStdin: any, pid: any, platform: any, ppid: any, reallyExit: any, release: any, report: any, resourceUsage: any, setSourceMapsEnabled: any, setUncaughtExceptionCaptureCallback: any, setegid: any, seteuid: any, setgid: any, setgroups: any, setuid: any, sourceMapsEnabled: any, stderr: any, stdin: any, stdout: any, title: any, umask: any, uptime: any, version: any, versions: any;
}
declare module "node:process" {
  export * from "process";
}
declare module "querystring" {
  export const decode: any, encode: any, escape: any, parse: any, stringify: any, unescape: any, unescapeBuffer: any;
}
declare module "node:querystring" {
  export * from "querystring";
}
declare module "readline" {
  export class Interface { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const clearLine: any, clearScreenDown: any, createInterface: any, cursorTo: any, emitKeypressEvents: any, moveCursor: any, promises: any;
}
declare module "node:readline" {
  export * from "readline";
}
declare module "readline/promises" {
  export class Interface { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Readline { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const createInterface: any;
}
declare module "node:readline/promises" {
  export * from "readline/promises";
}
declare module "repl" {
  export class REPLServer { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Recoverable { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const REPL_MODE_SLOPPY: any, REPL_MODE_STRICT: any, builtinModules: any, isValidSyntax: any, start: any, writer: any;
}
declare module "node:repl" {
  export * from "repl";
}
declare module "stream" {
  export class Duplex { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class PassThrough { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Readable { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Stream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Transform { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Writable { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const addAbortSignal: any, compose: any, destroy: any, duplexPair: any, finished: any, getDefaultHighWaterMark: any, isDestroyed: any, isDisturbed: any, isErrored: any, isReadable: any, isWritable: any, pipeline: any, promises: any, setDefaultHighWaterMark: any;
}
declare module "node:stream" {
  export * from "stream";
}
declare module "stream/consumers" {
  export const arrayBuffer: any, blob: any, buffer: any, json: any, text: any;
}
declare module "node:stream/consumers" {
  export * from "stream/consumers";
}
declare module "stream/promises" {
  export const finished: any, pipeline: any;
}
declare module "node:stream/promises" {
  export * from "stream/promises";
}
declare module "stream/web" {
  export class ByteLengthQueuingStrategy { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class CompressionStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class CountQueuingStrategy { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class DecompressionStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class ReadableByteStreamController { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class ReadableStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class ReadableStreamBYOBReader { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class ReadableStreamBYOBRequest { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class ReadableStreamDefaultController { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class ReadableStreamDefaultReader { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class TextDecoderStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class TextEncoderStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class TransformStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class TransformStreamDefaultController { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class WritableStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class WritableStreamDefaultController { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class WritableStreamDefaultWriter { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
}
declare module "node:stream/web" {
  export * from "stream/web";
}
declare module "string_decoder" {
  export class StringDecoder { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
}
declare module "node:string_decoder" {
  export * from "string_decoder";
}
declare module "timers" {
  export const active: any, clearImmediate: any, clearInterval: any, clearTimeout: any, enroll: any, promises: any, setImmediate: any, setInterval: any, setTimeout: any, unenroll: any;
}
declare module "node:timers" {
  export * from "timers";
}
declare module "timers/promises" {
  export const scheduler: any, setImmediate: any, setInterval: any, setTimeout: any;
}
declare module "node:timers/promises" {
  export * from "timers/promises";
}
declare module "tls" {
  export class SecureContext { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Server { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class TLSSocket { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const CLIENT_RENEG_LIMIT: any, CLIENT_RENEG_WINDOW: any, DEFAULT_CIPHERS: any, DEFAULT_ECDH_CURVE: any, DEFAULT_MAX_VERSION: any, DEFAULT_MIN_VERSION: any, checkServerIdentity: any, connect: any, convertALPNProtocols: any, createSecureContext: any, createSecurePair: any, createServer: any, getCiphers: any, rootCertificates: any;
}
declare module "node:tls" {
  export * from "tls";
}
declare module "trace_events" {
  export const createTracing: any, getEnabledCategories: any;
}
declare module "node:trace_events" {
  export * from "trace_events";
}
declare module "tty" {
  export class ReadStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class WriteStream { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const isatty: any;
}
declare module "node:tty" {
  export * from "tty";
}
declare module "url" {
  export class URL { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class URLSearchParams { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Url { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const domainToASCII: any, domainToUnicode: any, fileURLToPath: any, format: any, parse: any, pathToFileURL: any, resolve: any, resolveObject: any, urlToHttpOptions: any;
}
declare module "node:url" {
  export * from "url";
}
declare module "util" {
  export class MIMEParams { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class MIMEType { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class TextDecoder { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class TextEncoder { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const aborted: any, callbackify: any, debug: any, debuglog: any, deprecate: any, format: any, formatWithOptions: any, getSystemErrorMap: any, getSystemErrorName: any, inherits: any, inspect: any, isArray: any, isBoolean: any, isBuffer: any, isDate: any, isDeepStrictEqual: any, isError: any, isFunction: any, isNull: any, isNullOrUndefined: any, isNumber: any, isObject: any, isPrimitive: any, isRegExp: any, isString: any, isSymbol: any, isUndefined: any, log: any, parseArgs: any, parseEnv: any, promisify: any, stripVTControlCharacters: any, styleText: any, toUSVString: any, transferableAbortController: any, transferableAbortSignal: any, types: any;
}
declare module "node:util" {
  export * from "util";
}
declare module "util/types" {
  export const isAnyArrayBuffer: any, isArgumentsObject: any, isArrayBuffer: any, isArrayBufferView: any, isAsyncFunction: any, isBigInt64Array: any, isBigIntObject: any, isBigUint64Array: any, isBooleanObject: any, isBoxedPrimitive: any, isCryptoKey: any, isDataView: any, isDate: any, isExternal: any, isFloat32Array: any, isFloat64Array: any, isGeneratorFunction: any, isGeneratorObject: any, isInt16Array: any, isInt32Array: any, isInt8Array: any, isKeyObject: any, isMap: any, isMapIterator: any, isModuleNamespaceObject: any, isNativeError: any, isNumberObject: any, isPromise: any, isProxy: any, isRegExp: any, isSet: any, isSetIterator: any, isSharedArrayBuffer: any, isStringObject: any, isSymbolObject: any, isTypedArray: any, isUint16Array: any, isUint32Array: any, isUint8Array: any, isUint8ClampedArray: any, isWeakMap: any, isWeakSet: any;
}
declare module "node:util/types" {
  export * from "util/types";
}
declare module "v8" {
  export class DefaultDeserializer { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class DefaultSerializer { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Deserializer { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class GCProfiler { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Serializer { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const cachedDataVersionTag: any, deserialize: any, getHeapCodeStatistics: any, getHeapSnapshot: any, getHeapSpaceStatistics: any, getHeapStatistics: any, promiseHooks: any, queryObjects: any, serialize: any, setFlagsFromString: any, setHeapSnapshotNearHeapLimit: any, startupSnapshot: any, stopCoverage: any, takeCoverage: any, writeHeapSnapshot: any;
}
declare module "node:v8" {
  export * from "v8";
}
declare module "vm" {
  export class Script { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const compileFunction: any, constants: any, createContext: any, createScript: any, isContext: any, measureMemory: any, runInContext: any, runInNewContext: any, runInThisContext: any;
}
declare module "node:vm" {
  export * from "vm";
}
declare module "wasi" {
  export class WASI { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
}
declare module "node:wasi" {
  export * from "wasi";
}
declare module "worker_threads" {
  export class BroadcastChannel { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class MessageChannel { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class MessagePort { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Worker { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const SHARE_ENV: any, getEnvironmentData: any, isMainThread: any, markAsUntransferable: any, moveMessagePortToContext: any, parentPort: any, postMessageToThread: any, receiveMessageOnPort: any, resourceLimits: any, setEnvironmentData: any, threadId: any, workerData: any;
}
declare module "node:worker_threads" {
  export * from "worker_threads";
}
declare module "zlib" {
  export class BrotliCompress { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class BrotliDecompress { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Deflate { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class DeflateRaw { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Gunzip { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Gzip { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Inflate { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class InflateRaw { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export class Unzip { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }
  export const brotliCompress: any, brotliCompressSync: any, brotliDecompress: any, brotliDecompressSync: any, codes: any, constants: any, crc32: any, createBrotliCompress: any, createBrotliDecompress: any, createDeflate: any, createDeflateRaw: any, createGunzip: any, createGzip: any, createInflate: any, createInflateRaw: any, createUnzip: any, deflate: any, deflateRaw: any, deflateRawSync: any, deflateSync: any, gunzip: any, gunzipSync: any, gzip: any, gzipSync: any, inflate: any, inflateRaw: any, inflateRawSync: any, inflateSync: any, unzip: any, unzipSync: any;
}
declare module "node:zlib" {
  export * from "zlib";
}
