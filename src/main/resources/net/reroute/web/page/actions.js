// Everything that changes something: first what would be typed, then a login if there is none, then the deed.
import { html, useEffect, useRef, useState } from '/lib/preact.js';
import { ask, number } from '/parts.js';

/** Sends a request that changes something. */
export function act(store, path, body) {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': body.key || [...crypto.getRandomValues(new Uint32Array(4))].join('-') };
  if (store.session && store.session.mark) headers['X-Reroute-Mark'] = store.session.mark;
  const { key, ...rest } = body;
  return ask(path, { method: 'POST', headers, body: JSON.stringify(rest) });
}

/** A command of reroute as a request; null for one that only looks. */
export function request(words) {
  const [first, second, third] = words;
  if (first === 'undrain') return { path: '/undrains', body: { server: second }, title: `Undrain ${second}`, dry: true };
  if (first === 'drain') return { path: '/drains', body: { server: second }, title: `Drain ${second}`, dry: true };
  if (first === 'release') return { path: '/releases', body: { service: second }, title: `Release ${second}`, dry: true };
  if (first === 'resume') return { path: '/resumptions', body: {}, title: 'Resume', dry: false };
  if (first === 'pause') return { path: '/pauses', body: {}, title: 'Pause', dry: false };
  if (first === 'undo') return { path: '/undos', body: {}, title: 'Undo the last wish', dry: true };
  if (second === 'to') return { path: '/moves', body: { services: [first], to: third, force: words.includes('--force') }, title: `Move ${first} to ${third}`, dry: true };
  return null;
}

/** What a dry run says. */
export async function preview(store, wanted) {
  if (wanted.dry) {
    const answer = await act(store, wanted.path, { ...wanted.body, dryRun: true });
    return { moves: Array.isArray(answer) ? answer : answer.moves || [], about: answer.undone };
  }
  const plan = await ask('/plan');
  const moves = wanted.path === '/resumptions' ? plan.filter((d) => ['failover', 'planned', 'hold'].includes(d.kind) && d.to.length && d.to.join() !== d.from.join()) : [];
  return { moves: moves.map((d) => ({ ...d, routers: [] })) };
}

export const typed = (moves) => moves.flatMap((m) => (m.routers || []).flatMap((r) => (r.typed || []).map((line) => ({ router: r.router, line }))));

const moving = (moves) => moves.filter((m) => (m.to || []).join() !== (m.from || []).join());

/** The best action about a trouble: a button that says how many services it moves, and the exact lines. */
export function NeedAction({ store, action, onAct, onLook }) {
  const wanted = request(action.words);
  const [seen, setSeen] = useState(null);
  const id = action.command;
  useEffect(() => {
    let over = false;
    setSeen(null);
    if (wanted && wanted.dry) preview(store, wanted).then((p) => over || setSeen(p), () => {});
    return () => { over = true; };
  }, [id]);
  if (!wanted) return html`<button onClick=${() => onLook(action.words)}>${action.command}</button>`;
  const count = seen ? moving(seen.moves).length : null;
  const lines = seen ? typed(seen.moves) : [];
  return html`<div class="buttons"><button class="main" onClick=${() => onAct(wanted)}>${wanted.title}${count === null ? '' : `: ${number(count)} service${count === 1 ? ' moves' : 's move'}`}</button></div>
    ${lines.length ? html`<p class="quiet">Would type on ${lines[0].router}: <code>${lines[0].line}</code>${lines.length > 1 ? ` and ${number(lines.length - 1)} lines more` : ''}</p>` : null}`;
}

/** A dialog that shows the dry run, asks for a login, acts, and tells the outcome. */
export function ActionDialog({ store, wanted, onClose }) {
  const box = useRef(null);
  const [because, setBecause] = useState('');
  const [seen, setSeen] = useState(null);
  const [error, setError] = useState('');
  const [outcome, setOutcome] = useState(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  useEffect(() => {
    box.current.showModal();
    preview(store, wanted).then(setSeen, (e) => setError(e.message));
  }, []);
  const login = !(store.session && store.session.mayAct);
  const go = async () => {
    setBusy(true);
    try {
      setOutcome(await act(store, wanted.path, { ...wanted.body, because, key: key.current }));
      setError('');
    } catch (e) {
      setError(e.message);
      key.current = crypto.randomUUID();
    }
    setBusy(false);
  };
  return html`<dialog ref=${box} aria-labelledby="action-title" onClose=${onClose}>
    <h2 id="action-title">${wanted.title}</h2>
    ${error ? html`<p role="alert"><span class="word bad">not done</span> ${error}</p>` : null}
    ${outcome ? html`<${Outcome} outcome=${outcome}/>` : html`<${Preview} seen=${seen}/>
      ${login ? html`<${Login} store=${store} onDone=${() => setError('')}/>` : html`<p><label>Why (for the journal) <input value=${because} onInput=${(e) => setBecause(e.target.value)}/></label></p>
      <div class="buttons"><button class="main" disabled=${busy} onClick=${go}>${busy ? 'Doing it...' : 'Do it'}</button></div>`}`}
    <div class="buttons"><button onClick=${() => box.current.close()}>Close</button></div>
  </dialog>`;
}

function Preview({ seen }) {
  if (!seen) return html`<p class="quiet" role="status">Asking the routers what would be typed...</p>`;
  const lines = typed(seen.moves);
  return html`<p>${seen.about ? html`Takes back: ${seen.about}.` : null} ${moving(seen.moves).length ? html`${number(moving(seen.moves).length)} services would move:` : 'No service would move.'}</p>
    <ul class="rows">${seen.moves.slice(0, 20).map((m) => html`<li key=${m.service}><b>${m.service}</b> ${(m.from || []).join('+') || 'nowhere'} to ${(m.to || []).join('+')}: ${m.reason}</li>`)}</ul>
    ${seen.moves.length > 20 ? html`<p class="quiet">and ${number(seen.moves.length - 20)} more</p>` : null}
    ${lines.length ? html`<h3>Would be typed</h3><pre>${lines.slice(0, 50).map((l) => `${l.router}: ${l.line}`).join('\n')}</pre>` : null}`;
}

function Outcome({ outcome }) {
  const moves = Array.isArray(outcome) ? outcome : outcome.moves || [];
  const text = outcome.holds || (outcome.leads ? 'acts from now on' : outcome.observes !== undefined ? 'paused' : 'done');
  return html`<div role="status">${moves.length ? null : html`<p><span class="word good">done</span> ${text}</p>`}
    <ul class="rows">${moves.map((m) => html`<li key=${m.service}><span class="word ${m.exit === 0 ? 'good' : 'bad'}">${m.exit === 0 ? 'ok' : 'failed'}</span> <b>${m.service}</b> ${(m.from || []).join('+')} to ${(m.to || []).join('+')}: ${m.reason}
      ${(m.routers || []).map((r) => html`<div class="quiet" key=${r.router}>${r.router}: ${r.text || r.outcome}</div>`)}</li>`)}</ul></div>`;
}

/** Asks for a token. */
export function Login({ store, onDone }) {
  const [token, setToken] = useState('');
  const [error, setError] = useState('');
  const go = async (e) => {
    e.preventDefault();
    try {
      store.session = await ask('/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) });
      localStorage.setItem('mark', store.session.mark || '');
      setError('');
      setToken('');
      store.tell();
      if (!store.data.loaded) store.connect();
      if (onDone) onDone();
    } catch (x) { setError(x.message); }
  };
  const only = store.session && store.session.name && !store.session.mayAct;
  return html`<form onSubmit=${go}><p>${only ? `The token of ${store.session.name} may only look. ` : ''}To act, log in with a token; <code>reroute token add NAME</code> makes one.</p>
    ${error ? html`<p role="alert"><span class="word bad">not logged in</span> ${error}</p>` : null}
    <div class="filter"><label>Token <input type="password" autocomplete="current-password" required value=${token} onInput=${(e) => setToken(e.target.value)}/></label>
    <button class="main" type="submit">Log in</button></div></form>`;
}

/** Where a service is to move: a list of its servers. */
export function MoveDialog({ service, onAct, onClose }) {
  const box = useRef(null);
  const [to, setTo] = useState(service.servers.find((s) => !service.at.includes(s)) || service.home);
  useEffect(() => { box.current.showModal(); }, []);
  return html`<dialog ref=${box} aria-labelledby="move-title" onClose=${onClose}><h2 id="move-title">Move ${service.name}</h2>
    <p><label>To <select value=${to} onChange=${(e) => setTo(e.target.value)}>${service.servers.map((s) => html`<option key=${s} value=${s}>${s}${service.at.includes(s) ? ' (there now)' : ''}${s === service.home ? ' (home)' : ''}</option>`)}</select></label></p>
    <div class="buttons"><button class="main" onClick=${() => { box.current.close(); onAct(request([service.name, 'to', to])); }}>Show what would be typed</button>
    ${service.pin ? html`<button onClick=${() => { box.current.close(); onAct(request(['release', service.name])); }}>Release</button>` : null}
    <button onClick=${() => box.current.close()}>Close</button></div></dialog>`;
}
