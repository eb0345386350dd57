// The globals that Node offers to a TypeScript program, described loosely, for machines without @types/node. A program may bring its own
// .codeexec/node.d.ts instead.

declare namespace NodeJS {
  interface ReadStream {
    fd: number;
    isTTY?: boolean;
    setEncoding(encoding: string): this;
    read(size?: number): any;
    on(event: string, listener: (...args: any[]) => void): this;
    once(event: string, listener: (...args: any[]) => void): this;
    resume(): this;
    pause(): this;
    pipe<T>(destination: T): T;
    [Symbol.asyncIterator](): AsyncIterableIterator<any>;
    [member: string]: any;
  }
  interface WriteStream {
    fd: number;
    isTTY?: boolean;
    columns?: number;
    write(chunk: any, ...rest: any[]): boolean;
    end(...args: any[]): this;
    on(event: string, listener: (...args: any[]) => void): this;
    once(event: string, listener: (...args: any[]) => void): this;
    [member: string]: any;
  }
  interface ProcessEnv {
    [name: string]: string | undefined;
  }
  interface HRTime {
    (time?: [number, number]): [number, number];
    bigint(): bigint;
  }
  interface Process {
    argv: string[];
    env: ProcessEnv;
    pid: number;
    platform: string;
    version: string;
    versions: { [name: string]: string };
    exitCode?: number;
    stdin: ReadStream;
    stdout: WriteStream;
    stderr: WriteStream;
    hrtime: HRTime;
    cwd(): string;
    exit(code?: number): never;
    uptime(): number;
    memoryUsage(): { rss: number; heapTotal: number; heapUsed: number; external: number };
    nextTick(callback: (...args: any[]) => void, ...args: any[]): void;
    on(event: string, listener: (...args: any[]) => void): this;
    once(event: string, listener: (...args: any[]) => void): this;
    [member: string]: any;
  }
  interface Timeout {
    ref(): this;
    unref(): this;
    hasRef(): boolean;
    refresh(): this;
    [Symbol.toPrimitive](): number;
  }
  interface Immediate {
    ref(): this;
    unref(): this;
  }
  interface ErrnoException extends Error {
    errno?: number;
    code?: string;
    path?: string;
    syscall?: string;
  }
  type Timer = Timeout;
}

declare var process: NodeJS.Process;
declare var global: any;
declare var module: any;
declare var exports: any;
declare var __filename: string;
declare var __dirname: string;
declare var require: { (id: string): any; [member: string]: any };

interface Console {
  log(...data: any[]): void;
  info(...data: any[]): void;
  warn(...data: any[]): void;
  error(...data: any[]): void;
  debug(...data: any[]): void;
  trace(...data: any[]): void;
  dir(item?: any, options?: any): void;
  table(data?: any, columns?: string[]): void;
  assert(condition?: boolean, ...data: any[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  group(...data: any[]): void;
  groupCollapsed(...data: any[]): void;
  groupEnd(): void;
  time(label?: string): void;
  timeEnd(label?: string): void;
  timeLog(label?: string, ...data: any[]): void;
  clear(): void;
}
declare var console: Console;

declare function setTimeout<A extends any[]>(callback: (...args: A) => void, ms?: number, ...args: A): NodeJS.Timeout;
declare function setInterval<A extends any[]>(callback: (...args: A) => void, ms?: number, ...args: A): NodeJS.Timeout;
declare function setImmediate<A extends any[]>(callback: (...args: A) => void, ...args: A): NodeJS.Immediate;
declare function clearTimeout(timer: NodeJS.Timeout | number | string | undefined): void;
declare function clearInterval(timer: NodeJS.Timeout | number | string | undefined): void;
declare function clearImmediate(timer: NodeJS.Immediate | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T, options?: any): T;
declare function atob(data: string): string;
declare function btoa(data: string): string;
declare function fetch(input: any, init?: any): Promise<any>;

interface Buffer extends Uint8Array {
  toString(encoding?: string, start?: number, end?: number): string;
  equals(other: Uint8Array): boolean;
  write(text: string, ...rest: any[]): number;
  slice(start?: number, end?: number): Buffer;
  subarray(start?: number, end?: number): Buffer;
  [member: string]: any;
}
declare var Buffer: {
  from(data: any, encodingOrOffset?: any, length?: number): Buffer;
  alloc(size: number, fill?: any, encoding?: string): Buffer;
  allocUnsafe(size: number): Buffer;
  concat(list: readonly Uint8Array[], totalLength?: number): Buffer;
  byteLength(text: any, encoding?: string): number;
  isBuffer(value: any): value is Buffer;
  compare(a: Uint8Array, b: Uint8Array): number;
  [member: string]: any;
};
type BufferEncoding = "ascii" | "utf8" | "utf-8" | "utf16le" | "ucs2" | "base64" | "base64url" | "latin1" | "binary" | "hex";

interface URL {
  hash: string;
  host: string;
  hostname: string;
  href: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly origin: string;
  readonly searchParams: URLSearchParams;
  toString(): string;
}
declare var URL: { new (url: string, base?: string | URL): URL };
interface URLSearchParams extends Iterable<[string, string]> {
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  delete(name: string): void;
  forEach(callback: (value: string, name: string) => void): void;
  toString(): string;
}
declare var URLSearchParams: { new (init?: any): URLSearchParams };
interface TextEncoder {
  encode(text?: string): Uint8Array;
}
declare var TextEncoder: { new (): TextEncoder };
interface TextDecoder {
  decode(bytes?: any, options?: any): string;
}
declare var TextDecoder: { new (encoding?: string, options?: any): TextDecoder };
interface AbortSignal {
  readonly aborted: boolean;
  [member: string]: any;
}
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: any): void;
}
declare var AbortController: { new (): AbortController };
interface Performance {
  now(): number;
  readonly timeOrigin: number;
  [member: string]: any;
}
declare var performance: Performance;
