// Shows the OpenAPI document.
import { html, render } from '/lib/preact.js';

function Operation({ path, method, of }) {
  const body = of.requestBody ? of.requestBody.content['application/json'].schema : null;
  return html`<section class="wide"><h2><code>${method.toUpperCase()} /api/v1${path}</code></h2><p>${of.summary}</p>
    ${of.parameters.length ? html`<ul class="rows">${of.parameters.map((p) => html`<li key=${p.name}><code>${p.name}</code> (${p.in}) ${p.description || ''}</li>`)}</ul>` : null}
    ${body ? html`<h3>Body</h3><ul class="rows">${Object.entries(body.properties).map(([name, f]) => html`<li key=${name}><code>${name}</code> ${f.type}${(body.required || []).includes(name) ? ', needed' : ''}: ${f.description}</li>`)}</ul>` : null}</section>`;
}

const response = await fetch('/api/v1/openapi.json');
const root = document.getElementById('page');
root.textContent = '';
if (response.ok) {
  const document_ = await response.json();
  render(html`<main><section class="wide"><h1>reroute ${document_.info.version}: the API</h1><p>${document_.info.description}</p>
    <p>Events come from <code>GET /api/v1/events</code> as server-sent events: rows of the history with their number as id, and changes of the state. Errors are problem+json (RFC 9457).
    A token in the header <code>Authorization: Bearer TOKEN</code> lets a program act; <code>reroute token add NAME</code> makes one. <a href="/api/v1/openapi.json">The document itself</a>, <a href="/">the page</a>.</p></section>
    ${Object.entries(document_.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, of]) => html`<${Operation} key=${method + path} path=${path} method=${method} of=${of}/>`))}</main>`, root);
} else {
  render(html`<main><p role="alert">The document cannot be read: log in on <a href="/">the page</a> first.</p></main>`, root);
}
