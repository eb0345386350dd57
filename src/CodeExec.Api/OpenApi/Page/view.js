'use strict';

const [keyField, status, displays, output] = ['key', 'status', 'displays', 'output'].map((id) => document.getElementById(id));
let following = new AbortController();

// Everything is made as nodes and text: what programs show must never become markup of this page.
function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

async function call(url, options = {}) {
  const headers = new Headers(options.headers);
  if (keyField.value !== '') headers.set('Authorization', `Bearer ${keyField.value}`);
  const response = await fetch(url, { ...options, headers, cache: 'no-store' });
  if (!response.ok) throw new Error(`${response.status}: ${(await response.json().catch(() => ({}))).detail ?? response.statusText}`);
  return response;
}

async function bytesOf(display) {
  if (display.encoding === 'utf8') return new TextEncoder().encode(display.data);
  if (display.encoding === 'base64') return Uint8Array.from(atob(display.data), (letter) => letter.charCodeAt(0));
  return new Uint8Array(await (await call(display.url)).arrayBuffer());
}

// A picture can do nothing, an SVG in one neither. A page of a stranger's gets an origin of its own, and nothing that it could reach: see /docs/frame.
async function bodyOf(display) {
  const bytes = await bytesOf(display);
  if (display.mime.startsWith('image/')) {
    return make('img', { src: URL.createObjectURL(new Blob([bytes], { type: display.mime })), alt: display.name });
  }
  const text = new TextDecoder().decode(bytes);
  if (display.mime !== 'text/html') return make('pre', {}, text);
  const frame = make('iframe', { src: '/docs/frame', title: display.name });
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.addEventListener('load', () => frame.contentWindow.postMessage(text, '*'), { once: true });
  return frame;
}

async function show(display) {
  const caption = display.refused ? `${display.name} is not shown: ${display.refused}` : `${display.name} · ${display.mime} · ${display.sizeBytes} bytes`;
  const figure = make('figure', {}, make('figcaption', {}, caption));
  if (!display.refused) figure.prepend(await bodyOf(display));
  figure.dataset.id = display.id ?? '';
  const before = display.id && [...displays.children].find((other) => other.dataset.id === display.id);
  if (before) before.replaceWith(figure); else displays.append(figure);
}

const handlers = {
  status: ({ status: now }) => { status.textContent = now; },
  log: ({ source, message, partial }) => {
    if (source === 'system') return;
    output.hidden = false;
    output.append(partial ? message : `${message}\n`);
  },
  display: ({ display }) => show(display),
  result: ({ result }) => { status.textContent = `${result?.status ?? 'gone'} · ${result?.durationMs ?? 0} ms`; },
};

async function* eventsOf(response) {
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split('\n');
      const of = (name) => lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)).join('\n');
      if (of('data') !== '') yield { name: of('event'), data: JSON.parse(of('data')) };
    }
  }
}

async function follow(id) {
  following.abort();
  following = new AbortController();
  displays.replaceChildren();
  output.replaceChildren();
  output.hidden = true;
  const response = await call(`/api/executions/${encodeURIComponent(id)}/events`, { signal: following.signal });
  for await (const { name, data } of eventsOf(response)) await handlers[name]?.(data);
}

function onSubmit(form, work) {
  document.getElementById(form).addEventListener('submit', async (event) => {
    event.preventDefault();
    status.textContent = 'Waiting…';
    status.classList.remove('bad');
    try {
      await work();
    } catch (error) {
      if (error.name === 'AbortError') return;
      status.textContent = error.message;
      status.classList.add('bad');
    }
  });
}

const field = (id) => document.getElementById(id);
onSubmit('run', async () => {
  const body = JSON.stringify({ language: field('language').value, code: field('code').value });
  const { id } = await (await call('/api/executions', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })).json();
  field('execution').value = id;
  await follow(id);
});
onSubmit('look', () => follow(field('execution').value.trim()));

field('code').value = "import matplotlib.pyplot as plt\n\nplt.plot([1, 2, 3, 4], [1, 4, 9, 16])\nplt.title('Squares')\nplt.show()\n";
const asked = new URLSearchParams(location.search).get('execution');
if (asked) {
  field('execution').value = asked;
  field('look').requestSubmit();
}
