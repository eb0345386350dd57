'use strict';

const methods = ['get', 'post', 'delete', 'head', 'put', 'patch'];
const keyField = document.getElementById('key');
const findField = document.getElementById('find');
const main = document.getElementById('operations');

// Everything is made as nodes and text: what programs print must never become markup here.
function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function resolve(description, node) {
  if (!node || !node.$ref) return node;
  return node.$ref.slice(2).split('/').reduce((at, part) => at[part], description);
}

function parameterField(parameter) {
  const input = make('input', { placeholder: String(parameter.schema?.default ?? ''), required: Boolean(parameter.required) });
  input.dataset.in = parameter.in;
  input.dataset.name = parameter.name;
  const label = make('label', { className: 'field' }, make('span', {}, parameter.name), input);
  const choices = (parameter.schema?.enum ?? []).join(', ');
  const text = [parameter.description, choices && `One of ${choices}.`].filter(Boolean).join(' ');
  if (text) label.append(make('small', {}, text));
  return label;
}

function address(path, form) {
  let url = path;
  const query = new URLSearchParams();
  for (const input of form.querySelectorAll('input[data-in]')) {
    const value = input.value;
    if (input.dataset.in === 'path') url = url.replace(`{${input.dataset.name}}`, value.split('/').map(encodeURIComponent).join('/'));
    if (input.dataset.in === 'query' && value !== '') query.append(input.dataset.name, value);
  }
  return query.size > 0 ? `${url}?${query}` : url;
}

function headers(form, hasBody) {
  const all = new Headers();
  if (keyField.value !== '') all.set('Authorization', `Bearer ${keyField.value}`);
  if (hasBody) all.set('Content-Type', 'application/json');
  for (const input of form.querySelectorAll('input[data-in=header]')) {
    if (input.value !== '') all.set(input.dataset.name, input.value);
  }
  return all;
}

function pretty(text, type) {
  if (!type.includes('json')) return text;
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

async function send(method, path, form, answer, stop) {
  const body = form.querySelector('textarea')?.value;
  const status = make('p', { className: 'status' }, 'Waiting…');
  const text = make('pre', {});
  answer.replaceChildren(status, text);
  const begun = performance.now();
  try {
    const response = await fetch(address(path, form), {
      method: method.toUpperCase(), headers: headers(form, body !== undefined), body, signal: stop.signal, cache: 'no-store',
    });
    const type = response.headers.get('Content-Type') ?? '';
    status.textContent = `${response.status} ${response.statusText} · ${Math.round(performance.now() - begun)} ms · ${type}`;
    status.classList.toggle('bad', !response.ok);
    if (!type.startsWith('text/event-stream')) {
      text.textContent = pretty(await response.text(), type);
      return;
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text.append(part.value);
      text.scrollTop = text.scrollHeight;
    }
  } catch (error) {
    status.textContent = stop.signal.aborted ? 'Stopped.' : `No answer: ${error.message}`;
    status.classList.add('bad');
  }
}

function operationForm(description, path, method, operation) {
  const answer = make('div', {});
  const sendButton = make('button', { type: 'submit' }, 'Send');
  const stopButton = make('button', { type: 'button', disabled: true }, 'Stop');
  const form = make('form', {});
  for (const parameter of operation.parameters ?? []) form.append(parameterField(resolve(description, parameter)));
  const content = operation.requestBody?.content?.['application/json'];
  if (content) form.append(make('textarea', { value: JSON.stringify(content.example ?? {}, null, 2), spellcheck: false, ariaLabel: 'Body' }));
  const answers = Object.entries(operation.responses).map(([code, response]) => make('li', {}, `${code}: ${resolve(description, response).description}`));
  form.append(make('ul', { className: 'answers' }, ...answers), make('div', { className: 'buttons' }, sendButton, stopButton), answer);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const stop = new AbortController();
    stopButton.onclick = () => stop.abort();
    [sendButton.disabled, stopButton.disabled] = [true, false];
    await send(method, path, form, answer, stop);
    [sendButton.disabled, stopButton.disabled] = [false, true];
  });
  return form;
}

function show(description) {
  const operations = Object.entries(description.paths).flatMap(([path, item]) =>
    methods.filter((method) => item[method]).map((method) => ({ path, method, operation: item[method] })));
  const sections = description.tags.map((tag) => {
    const rows = operations.filter(({ operation }) => operation.tags.includes(tag.name)).map(({ path, method, operation }) => {
      const row = make('details', { id: operation.operationId }, make('summary', {},
        make('span', { className: 'method' }, method.toUpperCase()), make('span', { className: 'path' }, path), make('span', {}, operation.summary)));
      row.dataset.text = `${method} ${path} ${operation.summary} ${tag.name}`.toLowerCase();
      row.addEventListener('toggle', () => row.append(operationForm(description, path, method, operation)), { once: true });
      return row;
    });
    return make('section', {}, make('h2', {}, tag.name, ' ', make('small', {}, tag.description)), ...rows);
  });
  main.replaceChildren(...sections);
}

findField.addEventListener('input', () => {
  const wanted = findField.value.trim().toLowerCase();
  for (const row of main.querySelectorAll('details')) row.hidden = !row.dataset.text.includes(wanted);
  for (const section of main.querySelectorAll('section')) section.hidden = !section.querySelector('details:not([hidden])');
});

fetch('/openapi/v1.json')
  .then((response) => response.json())
  .then(show)
  .catch((error) => main.replaceChildren(make('p', {}, `The description can not be read: ${error.message}`)));
