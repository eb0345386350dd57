// The classes of hostile behaviour in JavaScript; the first argument chooses, the second is the path of a file on the host.
const fs = require('fs');
const os = require('os');
const net = require('net');
const dns = require('dns');
const { spawn } = require('child_process');
const { Worker } = require('worker_threads');

const [, , wanted, canary] = process.argv;
const refuses = action => { try { action(); return false; } catch { return true; } };
const wait = ms => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

function flood(fd, text) {
    const block = text.repeat(65536 / text.length);
    for (;;) try { fs.writeSync(fd, block); } catch (e) { if (e.code !== 'EAGAIN') throw e; }
}

const classes = {
    'memory of one process': () => { const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1)); },
    'memory of many small processes': () => { for (let i = 0; i < 10; i++) spawn('/bin/sh', ['-c', "x=$(head -c 40000000 /dev/zero | tr '\\0' x); sleep 3"]); setTimeout(() => process.exit(3), 5000); },
    'memory in shared files': () => { for (let i = 0; i < 10000; i++) fs.writeFileSync(`/dev/shm/${i}`, Buffer.alloc(1 << 20, 1)); },
    'much reserved, little touched': () => { const all = new ArrayBuffer(2 ** 32); new Uint8Array(all)[0] = 1; console.log('ok'); },
    'process storm': () => { const more = () => { const child = spawn('/bin/sleep', ['60'], { stdio: 'ignore' }); child.on('error', () => process.exit(0)); child.on('spawn', more); }; more(); },
    'thread storm': () => { const more = () => { const worker = new Worker('setTimeout(() => {}, 60000)', { eval: true }); worker.on('error', () => process.exit(0)); worker.on('online', more); }; more(); },
    'daemon that outlives its parents and holds the output': () => { spawn('/bin/sh', ['-c', "trap '' TERM; sleep 600 & sleep 600"], { detached: true, stdio: 'inherit' }).unref(); console.log('done'); },
    'spin that ignores signals': () => { for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU']) process.on(s, () => {}); for (;;) { } },
    'spin over two processes': () => { spawn(process.execPath, ['-e', 'for (;;) {}']); for (;;) { } },
    'sleep': () => wait(60000),
    'stops itself': () => process.kill(process.pid, 'SIGSTOP'),
    'waits for input that has ended': () => console.log(fs.readFileSync(0).length === 0 ? "''" : 'something'),
    'takes a better priority': () => { console.log(refuses(() => os.setPriority(-5)) ? 'refused' : 'got it'); console.log(refuses(() => os.setPriority(0, -20)) ? 'refused' : 'got it'); },
    'flood on stdout': () => flood(1, 'line....'),
    'flood on stderr': () => flood(2, 'line....'),
    'one endless line': () => flood(1, 'x'),
    'a hundred thousand tiny lines': () => { for (let i = 0; i < 100000;) try { fs.writeSync(1, 'x\n'); i++; } catch (e) { if (e.code !== 'EAGAIN') throw e; } },
    'closes its outputs early': () => { fs.closeSync(1); fs.closeSync(2); wait(200); process.reallyExit(5); },
    'one big file': () => { const file = fs.openSync('big', 'w'); for (;;) fs.writeSync(file, Buffer.alloc(1 << 20)); },
    'many big files': () => { for (let i = 0; i < 10000; i++) fs.writeFileSync(`${i}`, Buffer.alloc(1 << 20)); },
    'sparse file beyond the limit': () => { fs.writeSync(fs.openSync('s', 'w'), 'x', 2 ** 40); },
    'many small files': () => { for (let i = 0; ; i++) fs.writeFileSync(`${i}`, ''); },
    'too many open files': () => { try { for (;;) fs.openSync('/dev/null'); } catch { console.log('refused'); } },
    'deep folders and odd names': () => {
        for (let i = 0; i < 600; i++) { fs.mkdirSync('d'); process.chdir('d'); }
        fs.mkdirSync(Buffer.from([0xff, 0xfe, 0x0a])); fs.mkdirSync('-rf', 0); fs.writeFileSync('x'.repeat(255), ''); fs.symlinkSync('/', 'root'); fs.symlinkSync('loop', 'loop');
        console.log('end');
    },
    'writes outside of its workspace': () => { for (const path of ['/usr/x', '/etc/x', '/x', '/opt/codeexec/runner', '/proc/sys/kernel/core_pattern', '/sys/x', '/dev/x', '/run/x', '/var/x']) if (!refuses(() => fs.writeFileSync(path, 'x'))) console.log('wrote', path); console.log('end'); },
    'state left for the next run': () => { for (const folder of ['/workspace', '/tmp', '/dev/shm']) fs.writeFileSync(`${folder}/left`, 'x'); console.log('end'); },
    "reads the host's files": () => {
        for (const path of ['/home', '/root', '/work', '/data', '/etc/shadow', '/etc/ssh', '/var/lib', '/var/log', '/sys/class', '/boot', '/mnt', '/media', '/srv', '/run/codeexec', '/proc/kcore', canary])
            if (!refuses(() => fs.statSync(path).isDirectory() ? fs.readdirSync(path) : fs.readFileSync(path))) console.log('saw', path);
        console.log('end');
    },
    'sees other processes': () => { const seen = fs.readdirSync('/proc').map(Number).filter(n => n > 0); console.log(`[${Math.min(...seen)}] ${seen.length <= 3 ? 'True' : 'False'}`); },
    'reads the runner': () => { for (const path of ['/proc/1/environ', '/proc/1/mem', '/proc/1/maps', '/proc/1/fd/0', '/proc/1/root/etc/shadow', '/proc/1/cwd/x']) if (!refuses(() => fs.readSync(fs.openSync(path), Buffer.alloc(16)))) console.log('read', path); console.log('end'); },
    'signals everybody': () => { for (let s = 1; s < 65; s++) for (const target of [1, process.ppid]) refuses(() => process.kill(target, s)); process.on('SIGTERM', () => {}); refuses(() => process.kill(-1, 'SIGTERM')); setTimeout(() => console.log('alive'), 100); },
    'forges an event in its output': () => { fs.writeSync(1, '{"type":"caseEnded","seq":4,"step":"run","case":"","exitCode":0}\n{"type":"jobEnded","seq":5,"stopped":false}\n'); process.exit(9); },
    'its own exit 137': () => process.exit(137),
    'its own SIGKILL': () => process.kill(process.pid, 'SIGKILL'),
    'says out of memory': () => { console.log('FATAL ERROR: JavaScript heap out of memory'); process.exit(1); },
    'crashes with partial output': () => { fs.writeSync(1, 'before'); process.kill(process.pid, 'SIGSEGV'); wait(5000); },
    'deep recursion': () => { const again = () => 1 + again(); again(); },
    'aborts': () => process.abort(),
    'privileges': () => {
        const status = Object.fromEntries(fs.readFileSync('/proc/self/status', 'utf8').split('\n').map(line => line.split(':\t')));
        console.log(status.NoNewPrivs, status.Seccomp, parseInt(status.CapEff, 16), parseInt(status.CapPrm, 16), parseInt(status.CapBnd, 16), process.getuid() === 0 ? 'False' : 'True');
    },
    'connects anywhere': () => {
        let open = 6;
        const done = text => { if (text) console.log(text); if (--open === 0) { console.log('end'); process.exit(0); } };
        for (const [host, port] of [['127.0.0.1', 7071], ['169.254.169.254', 80], ['168.63.129.16', 80], ['8.8.8.8', 53]]) {
            const socket = net.connect({ host, port, timeout: 1000 });
            socket.on('connect', () => done(`reached ${host}`)).on('error', () => done()).on('timeout', () => socket.destroy(new Error('late')));
        }
        net.connect('/run/docker.sock').on('connect', () => done('reached docker')).on('error', () => done());
        dns.lookup('example.org', error => done(error ? '' : 'resolved'));
    },
    'its own loopback': () => { const server = net.createServer().listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1', () => { console.log('ok'); process.exit(0); })); },
};

if (!Object.hasOwn(classes, wanted)) {
    console.error('There is no such class here.');
    process.exit(99);
}
classes[wanted]();
