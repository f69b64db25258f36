// The page: what needs you, what happened, what comes next; then everything else.
import { h, html, render, useEffect, useRef, useState } from '/lib/preact.js';
import { age, ask, clock, number, sentence, ServerWord, Sign, Stopwatch, StateWord } from '/parts.js';
import { ActionDialog, Login, MoveDialog, NeedAction, request } from '/actions.js';
import { Journal, Timeline } from '/timeline.js';
import { Picture } from '/picture.js';
import { Servers, Services } from '/tables.js';
import { Store } from '/state.js';

const FEW = 6;
const store = new Store(() => draw());

function Needs({ data, now, onAct, onLook }) {
  const needs = data.top.needs || [];
  const level = needs.some((n) => n.level === 'critical') ? 'critical' : needs.length ? 'some' : '';
  return html`<section class="needs second ${level}" aria-labelledby="needs-title"><h2 id="needs-title">Needs you</h2>
    ${needs.length ? null : html`<p>Nothing. <span class="quiet">All that could fail is looked at.</span></p>`}
    <ul class="rows" aria-live="polite">${needs.slice(0, 20).map((n) => html`<li key=${n.kind + n.about.join()}>
      <p><span class="word ${n.level === 'critical' ? 'bad' : 'warn'}"><${Sign} kind=${n.level === 'critical' ? 'bad' : 'warn'}/>${n.level}</span> ${sentence(n.parts, now)}
      ${n.since ? html`<span class="quiet"> since ${clock(n.since, now)}</span>` : null}</p>
      ${n.action && n.action.words[0] !== 'explain' ? html`<${NeedAction} store=${store} action=${n.action} onAct=${onAct} onLook=${onLook}/>` : null}
      ${n.kind === 'service' || n.kind === 'server' ? html`<button class="link" onClick=${() => onLook(['explain', n.about[0]])}>Why? ${n.about[0]}</button>` : null}</li>`)}</ul>
    ${needs.length > 20 ? html`<p class="quiet">and ${number(needs.length - 20)} more</p>` : null}</section>`;
}

function Happened({ data, now }) {
  const [all, setAll] = useState(false);
  const rows = data.rows.filter((r) => r.kind !== 'begun' && r.kind !== 'suspect').slice(0, all ? 60 : FEW);
  return html`<section class="second" aria-labelledby="happened-title"><h2 id="happened-title">What happened</h2>
    ${rows.length ? null : html`<p class="quiet">Nothing in the last day.</p>`}
    <ul class="rows">${rows.map((r) => html`<li key=${r.id}><b class="numbers">${clock(r.at, now)}</b> <span class="quiet">${age(r.at, now)} ago</span><br/>
      ${r.brief}<${Stopwatch} phases=${r.phases}/></li>`)}</ul>
    <button onClick=${() => setAll(!all)}>${all ? 'Less' : 'More'}</button></section>`;
}

function Next({ data, now }) {
  const coming = data.top.coming || [];
  return html`<section class="second" aria-labelledby="next-title"><h2 id="next-title">What comes next</h2>
    ${coming.length ? null : html`<p class="quiet">Nothing is due.</p>`}
    <ul class="rows">${coming.slice(0, 10).map((c) => html`<li key=${c.at + c.what}><b class="numbers">${clock(c.at, now, false)}</b> <span class="quiet">in ${age(new Date(2 * now - Date.parse(c.at)).toISOString(), now)}</span> ${c.what}</li>`)}</ul></section>`;
}

/** The controllers as this one sees them, and what they see differently. */
function Controllers({ of, now }) {
  const role = (m) => (m.leads ? 'leads' : m.witness ? 'witness' : m.joined ? 'follows' : 'has not joined');
  const heard = (m) => (m.name === of.self ? 'this one' : m.silentMillis === null ? 'never heard' : m.silentMillis < 2000 ? 'heard now' : `silent for ${Math.round(m.silentMillis / 1000)}s`);
  return html`<h3>Controllers</h3><p>Elected by ${of.by === 'lease' ? 'a lease on the router' : 'majority'}, epoch ${of.epoch}; when alone: ${of.whenAlone}${of.trouble ? `; ${of.trouble}` : ''}</p>
    <ul class="rows">${(of.members || []).map((m) => html`<li key=${m.name}><b>${m.name}</b> ${role(m)}, ${heard(m)}${m.lacks ? `, lacks ${number(m.lacks)} records` : ''}${m.sameInventory ? '' : ', has another inventory'} ${m.trouble || ''}</li>`)}
      ${(of.atOdds || []).map((o) => html`<li key=${o.server + o.check}>${o.server} ${o.check} for ${age(o.since, now)}: ${Object.entries(o.seen).map(([who, state]) => `${who} sees it ${state}`).join(', ')}</li>`)}</ul>`;
}

function More({ data, now, onLook, onAct }) {
  const [drills, setDrills] = useState(null);
  const [cluster, setCluster] = useState(null);
  const loadCluster = () => ask('/status?fields=cluster').then((s) => setCluster(s.cluster), (e) => setCluster({ trouble: e.message }));
  const { addresses = [], channels = [] } = data.top;
  const loadDrills = () => ask('/drills').then(setDrills, (e) => setDrills([{ server: e.message }]));
  return html`<section class="wide" aria-labelledby="more-title"><h2 id="more-title">The rest</h2>
    <div class="buttons"><button onClick=${() => onLook(['doctor'])}>Doctor</button><button onClick=${loadDrills}>Drills</button>
      <button onClick=${() => onAct(request(['undo']))}>Undo the last wish</button>
      ${data.top.paused || !data.top.acts ? html`<button onClick=${() => onAct(request(['resume']))}>Resume</button>` : html`<button onClick=${() => onAct(request(['pause']))}>Pause</button>`}
      <a href="/api">API</a> <a href="/metrics">Metrics</a></div>
    ${data.top.self ? html`<p>${data.top.leader ? `${data.top.leader} leads` : 'No controller leads'}; this is ${data.top.self}. <button onClick=${loadCluster}>Controllers</button></p>` : null}
    ${cluster ? html`<${Controllers} of=${cluster} now=${now}/>` : null}
    ${addresses.length ? html`<h3>Addresses on the LAN</h3><ul class="rows">${addresses.map((a) => html`<li key=${a.address}>${a.address} at ${a.at}${a.away ? ' (taken over)' : ''} ${a.trouble}</li>`)}</ul>` : null}
    ${channels.length ? html`<h3>Notifications</h3><ul class="rows">${channels.map((c) => html`<li key=${c.name}>${c.name}: ${c.waiting ? `${c.waiting} not yet told` : 'all told'} ${c.trouble}</li>`)}</ul>` : null}
    ${drills ? html`<h3>Drills</h3><ul class="rows">${drills.length ? drills.map((d) => html`<li key=${d.at}>${d.at} <b>${d.server}</b> ${d.result} ${d.why}</li>`) : html`<li>No drill was held yet.</li>`}</ul>` : null}</section>`;
}

/** Shows one thing that was asked for: an explanation, or what the doctor found. */
function LookDialog({ words, now, onClose }) {
  const box = useRef(null);
  const [found, setFound] = useState(null);
  const [error, setError] = useState('');
  const doctor = words[0] === 'doctor';
  const path = doctor ? '/findings' : words[0] === 'validate' ? '/validation' : words[0] === 'history' ? '/history/verification' : '/explanations/' + encodeURIComponent(words[1]);
  useEffect(() => {
    box.current.showModal();
    ask(path).then(setFound, (e) => setError(e.message));
  }, []);
  return html`<dialog ref=${box} aria-labelledby="look-title" onClose=${onClose}><h2 id="look-title">${words.join(' ')}</h2>
    ${error ? html`<p role="alert">${error}</p>` : null}
    ${found || error ? null : html`<p class="quiet" role="status">${doctor ? 'Logging in everywhere...' : 'Asking...'}</p>`}
    ${found ? doctor ? html`<${Findings} all=${found}/>` : html`<${Explanation} of=${found} now=${now}/>` : null}
    <div class="buttons"><button onClick=${() => box.current.close()}>Close</button></div></dialog>`;
}

const Findings = ({ all }) => html`<ul class="rows">${all.map((f, i) => html`<li key=${i}><span class="word ${f.level === 'bad' ? 'bad' : f.level === 'good' ? 'good' : 'warn'}">${f.level}</span> ${f.where} ${f.text}${f.fix ? html`<br/><b>fix:</b> <code>${f.fix}</code>` : null}</li>`)}</ul>`;

/** The chain of evidence, from the checks to the decision. */
function Explanation({ of, now }) {
  if (of.whole !== undefined || of.checks) return html`<pre>${JSON.stringify(of, null, 2)}</pre>`;
  const servers = of.servers || of.services || [];
  return html`${of.decision ? html`<p>At <b>${of.now.join('+') || 'nobody'}</b>, home is ${of.home}. Decision: <b>${of.decision.kind}</b>${of.decision.to.length ? ` (${of.decision.to.join('+')})` : ''}, ${of.decision.reason}.</p>` : null}
    ${of.pin ? html`<p>Pinned to ${of.pin.server} by ${of.pin.by} ${of.pin.why}</p>` : null}
    ${of.maintenance ? html`<p>In maintenance by ${of.maintenance.by} ${of.maintenance.why}</p>` : null}
    ${of.routers ? html`<h3>Routers</h3><ul class="rows">${of.routers.map((r) => html`<li key=${r.name}>${r.name}: <code>${r.nextHops.join(', ') || 'no route'}</code>, read ${age(r.read, now)} ago${r.drift ? html`; ${r.drift}` : null}</li>`)}</ul>` : null}
    <h3>${of.servers ? 'Servers and their checks' : 'Services and their checks'}</h3>
    <ul class="rows">${servers.slice(0, 100).map((s) => html`<li key=${s.name}><b>${s.name}</b> ${s.state ? html`<${ServerWord} server=${{ ...s, warnings: [] }}/> for ${age(s.since, now)} ${s.why}` : html`${(s.nextHops || []).join(', ')} ${s.remark}`}
      ${Object.entries(s.checks || {}).map(([name, c]) => html`<div class="quiet" key=${name}>${name}: ${c.state}, last said "${c.said}" ${c.at ? `${age(c.at, now)} ago` : ''}${c.failed ? `; failed ${c.failed} of the last ${c.of}` : ''}</div>`)}</li>`)}</ul>
    <h3>Last events</h3><ul class="rows">${(of.events || []).slice().reverse().map((e) => html`<li key=${e.id}><span class="numbers">${clock(e.at, now)}</span> ${e.text}</li>`)}</ul>`;
}

function App() {
  const { data } = store;
  const [, setTick] = useState(0);
  const [dialog, setDialog] = useState(null);
  const now = store.now();
  useEffect(() => { const timer = setInterval(() => setTick((t) => t + 1), 1000); return () => clearInterval(timer); }, []);
  const needs = (data.top.needs || []).length;
  useEffect(() => { document.title = data.lost ? 'daemon lost - reroute' : needs ? `${needs} need${needs === 1 ? 's' : ''} you - reroute` : 'all well - reroute'; }, [needs, data.lost]);
  useEffect(() => { document.body.classList.toggle('lost', Boolean(data.lost)); }, [data.lost]);
  const close = () => setDialog(null);
  const onAct = (wanted) => setDialog({ wanted });
  const onLook = (words) => setDialog({ words });
  const onExplain = (name) => onLook(['explain', name]);
  const session = store.session || {};
  if (session.needed) return html`<main><section><h1>reroute</h1><${Login} store=${store}/></section></main>`;
  const level = data.top.level === 'critical' ? 'bad' : data.top.level === 'warning' ? 'warn' : 'good';
  return html`<a class="skip" href="#needs-title">To what needs you</a>
    <header class=${data.top.level || ''}><div role="status"><h1>${data.loaded ? html`<${Sign} kind=${level}/>` : null} ${data.loaded ? sentence(data.top.headline, now) : 'Loading'}</h1></div>
      <span class="quiet grow numbers">${data.loaded ? `seen ${clock(data.lost || new Date(now).toISOString(), now, false)}` : ''}</span>
      <span class="quiet">${session.name ? html`${session.name}${session.mayAct ? '' : ' (read only)'} ${session.proof === 'cookie' ? html`<button class="link" onClick=${logout}>Log out</button>` : null}` : html`<button class="link" onClick=${() => setDialog({ login: true })}>Log in</button>`}</span></header>
    ${data.lost ? html`<div class="lost-note" role="alert">The daemon does not answer since ${clock(data.lost, now, false)}. What is shown is from then; this page comes back by itself.</div>` : null}
    ${data.loaded ? html`<main>
      <${Needs} data=${data} now=${now} onAct=${onAct} onLook=${onLook}/>
      <${Happened} data=${data} now=${now}/>
      <${Next} data=${data} now=${now}/>
      <${Picture} data=${data} now=${now} onExplain=${onExplain}/>
      <${Services} data=${data} now=${now} onExplain=${onExplain} onMove=${(s) => setDialog({ move: s })}/>
      <${Servers} data=${data} now=${now} onExplain=${onExplain} onDrain=${(s) => onAct(request([s.maintenance ? 'undrain' : 'drain', s.name]))}/>
      <${Timeline} data=${data} now=${now}/>
      <${Journal} now=${now}/>
      <${More} data=${data} now=${now} onLook=${onLook} onAct=${onAct}/>
    </main>` : html`<main><p class="quiet">Loading...</p></main>`}
    ${dialog && dialog.wanted ? html`<${ActionDialog} key=${dialog.wanted.title} store=${store} wanted=${dialog.wanted} onClose=${close}/>` : null}
    ${dialog && dialog.words ? html`<${LookDialog} key=${dialog.words.join()} words=${dialog.words} now=${now} onClose=${close}/>` : null}
    ${dialog && dialog.move ? html`<${MoveDialog} service=${dialog.move} onAct=${onAct} onClose=${() => setDialog((d) => (d && d.move ? null : d))}/>` : null}
    ${dialog && dialog.login ? html`<${LoginDialog} onClose=${close}/>` : null}`;
}

function LoginDialog({ onClose }) {
  const box = useRef(null);
  useEffect(() => { box.current.showModal(); }, []);
  return html`<dialog ref=${box} aria-label="Log in" onClose=${onClose}><${Login} store=${store} onDone=${() => box.current.close()}/>
    <div class="buttons"><button onClick=${() => box.current.close()}>Close</button></div></dialog>`;
}

async function logout() {
  await ask('/session', { method: 'DELETE' }).catch(() => {});
  store.who();
}

const root = document.getElementById('page');
let began = false;
function draw() {
  if (!began) { root.textContent = ''; began = true; }
  render(h(App, { key: 'app', turn: draw.turn = (draw.turn || 0) + 1 }), root);
}

draw();
store.begin();
