// Holds a Node.js process before the first line of its program. Loaded with --require: when this file returns, Node goes on as
// `node main.js` does. Closing fd 4 says that it waits; fd 3 brings the message that lets it go; nothing in here runs after user code has.
'use strict';
(() => {
  // Node loads what --require names once more for each worker thread of a program: those have nothing to wait for.
  const thread = !require('worker_threads').isMainThread;
  const leaveNoTrace = () => {
    process.execArgv.splice(0);
    delete require.cache[__filename];
  };
  if (thread) return leaveNoTrace();
  const fs = require('fs');
  fs.closeSync(4);
  const parts = [];
  for (;;) {
    const part = Buffer.allocUnsafe(65536);
    const count = fs.readSync(3, part, 0, part.length, null);
    if (count === 0) break;
    parts.push(part.subarray(0, count));
  }
  fs.closeSync(3);
  const message = Buffer.concat(parts).toString('utf8');
  if (!message.endsWith('\n')) process.exit(125); // the runner has gone, or has no use for this process
  const program = JSON.parse(message);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, program.env);
  process.chdir(program.cwd);
  process.argv.push(...program.args);
  leaveNoTrace();
})();
