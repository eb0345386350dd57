// Shows images, tables, pages and charts beside what a program prints:
//
//   const { display } = require('codeexec');
//   display('<b>done</b>', { mime: 'text/html' });
//   display(fs.readFileSync('plot.png'));       // an image, told by its first bytes
//   display({ $schema: 'https://vega.github.io/schema/vega-lite/v5.json', … });   // a chart; other objects are JSON
//
// What says how it looks does it with toHTML(), toSVG(), or as in Python's notebooks _repr_html_() and the like. A display is a file in the
// folder that CODEEXEC_DISPLAY names: any program may write one there.
'use strict';
const fs = require('fs');
const path = require('path');
const { threadId } = require('worker_threads');

const endings = {
  'application/vnd.vegalite.v5+json': 'json', 'text/html': 'html', 'image/svg+xml': 'svg', 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif',
  'image/webp': 'webp', 'text/markdown': 'md', 'text/csv': 'csv', 'application/json': 'json', 'text/plain': 'txt',
};
const methods = {
  'text/html': ['_repr_html_', 'toHTML'], 'image/svg+xml': ['_repr_svg_', 'toSVG'], 'image/png': ['_repr_png_'], 'image/jpeg': ['_repr_jpeg_'],
  'text/markdown': ['_repr_markdown_'], 'application/json': ['_repr_json_'],
};
const magic = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]], ['image/jpeg', [0xff, 0xd8, 0xff]], ['image/gif', [0x47, 0x49, 0x46, 0x38]], ['image/webp', [0x52, 0x49, 0x46, 0x46]],
];
let count = 0;

/** Shows something; shown again under its `name` it takes the place of what it was. Returns its name. */
function display(thing, { mime, name } = {}) {
  if (mime !== undefined && !(mime in endings)) throw new RangeError(`${mime} is not shown. These are: ${Object.keys(endings).join(', ')}.`);
  const [type, content] = mime !== undefined ? [mime, thing] : look(thing);
  return write(toBytes(content), endings[type], name);
}

function look(thing) {
  if (thing instanceof Uint8Array) {
    const known = magic.find(([, begin]) => begin.every((byte, at) => thing[at] === byte));
    if (!known) throw new TypeError('These bytes are no image that is shown (PNG, JPEG, GIF, WebP). Say their type: display(bytes, { mime: … }).');
    return [known[0], thing];
  }
  if (thing === null || typeof thing !== 'object') return ['text/plain', String(thing)];
  for (const [type, names] of Object.entries(methods)) {
    for (const method of names) {
      const said = typeof thing[method] === 'function' ? thing[method]() : undefined;
      if (said !== undefined && said !== null) return [type, said];
    }
  }
  return ['application/json', thing];
}

function toBytes(content) {
  return content instanceof Uint8Array || typeof content === 'string' ? content : JSON.stringify(content);
}

// Under another name first: what has its name is complete.
function write(content, ending, name) {
  const folder = process.env.CODEEXEC_DISPLAY ?? '/dev/shm/display';
  fs.mkdirSync(folder, { recursive: true });
  const half = path.join(folder, `.${process.pid}-${threadId}`);
  fs.writeFileSync(half, content);
  if (name !== undefined) {
    if (name.includes('/') || name.startsWith('.')) throw new RangeError(`A display's name is that of a file, without folders and without a dot at its begin: '${name}' is none.`);
    const whole = name.toLowerCase().endsWith(`.${ending}`) ? name : `${name}.${ending}`;
    fs.renameSync(half, path.join(folder, whole));
    return whole;
  }
  for (;;) {
    const next = `${++count}.${ending}`;
    try {
      fs.linkSync(half, path.join(folder, next));
    } catch (error) {
      if (error.code === 'EEXIST') continue; // another thread or process of this program has shown something, too
      throw error;
    }
    fs.unlinkSync(half);
    return next;
  }
}

module.exports = { display };
