// Services and servers as tables that filter while typing. Only the rows in sight are drawn.
import { html, useMemo, useState, useRef } from '/lib/preact.js';
import { age, ask, number, sentence, ServerWord, StateWord } from '/parts.js';

const ROW = 37;
const SIGHT = 24;

function Rows({ rows, head, row, caption }) {
  const [top, setTop] = useState(0);
  const box = useRef(null);
  const first = Math.max(0, Math.min(Math.floor(top / ROW) - 6, rows.length - SIGHT));
  const some = rows.length > 60 ? rows.slice(first, first + SIGHT + 12) : rows;
  const before = rows.length > 60 ? first * ROW : 0;
  const after = rows.length > 60 ? Math.max(0, (rows.length - first - some.length) * ROW) : 0;
  return html`<div class="tablebox" ref=${box} tabindex="0" role="region" aria-label=${caption} onScroll=${() => rows.length > 60 && setTop(box.current.scrollTop)}>
    <table aria-rowcount=${rows.length + 1}><thead><tr>${head.map((h) => html`<th scope="col" class=${h.toLowerCase()} key=${h}>${h}</th>`)}</tr></thead>
    <tbody>${before ? html`<tr class="space" aria-hidden="true"><td style=${{ height: `${before}px` }} colspan=${head.length}></td></tr>` : null}
      ${some.map(row)}
      ${after ? html`<tr class="space" aria-hidden="true"><td style=${{ height: `${after}px` }} colspan=${head.length}></td></tr>` : null}
    </tbody></table></div>`;
}

const ORDER = { out: 0, stuck: 1, unknown: 2, drift: 3, pinned: 4, drained: 5, moved: 6, ok: 7 };

export function Services({ data, now, onExplain, onMove }) {
  const [filter, setFilter] = useState('');
  const [oddOnly, setOdd] = useState(false);
  const word = filter.toLowerCase();
  const rows = useMemo(() => [...data.services.values()]
    .filter((s) => (!oddOnly || s.state !== 'ok') && (!word || `${s.name} ${s.prefix} ${s.state} ${s.at.join(' ')} ${s.home}`.toLowerCase().includes(word)))
    .sort((a, b) => ORDER[a.state] - ORDER[b.state]), [data.services, word, oddOnly]);
  return html`<section class="wide" aria-labelledby="services-title"><h2 id="services-title">Services</h2>
    <div class="filter"><label>Filter <input type="search" value=${filter} onInput=${(e) => setFilter(e.target.value)}/></label>
      <label><input type="checkbox" checked=${oddOnly} onChange=${(e) => setOdd(e.target.checked)}/> only what is not ordinary</label>
      <span class="quiet" role="status">${number(rows.length)} of ${number(data.services.size)}</span></div>
    <${Rows} rows=${rows} caption="Table of services" head=${['Service', 'State', 'Prefix', 'At', 'Since', 'What']} row=${(s) => html`<tr class="row" key=${s.name}>
      <td><button class="link" onClick=${() => onExplain(s.name)}>${s.name}</button></td><td><${StateWord} state=${s.state}/></td>
      <td class="prefix">${s.prefix}</td><td>${s.at.join('+') || 'nobody'}</td><td class="since numbers">${s.since ? age(s.since, now) : ''}</td>
      <td class="says">${sentence(s.says, now)} <button class="link noprint" aria-label=${`Move ${s.name}`} onClick=${() => onMove(s)}>move</button></td></tr>`}/>
  </section>`;
}

export function Servers({ data, now, onExplain, onDrain }) {
  const [filter, setFilter] = useState('');
  const [plans, setPlans] = useState({});
  const word = filter.toLowerCase();
  const rows = useMemo(() => [...data.servers.values()].filter((s) => !word || `${s.name} ${s.state} ${s.why} ${s.carries.join(' ')}`.toLowerCase().includes(word))
    .sort((a, b) => (a.state === 'UP' && !a.maintenance) - (b.state === 'UP' && !b.maintenance)), [data.servers, word]);
  const ifDown = (name) => {
    if (plans[name]) return;
    ask('/plan?ifDown=' + encodeURIComponent(name)).then((plan) => setPlans((p) => ({ ...p, [name]: told(plan, name) })), () => {});
  };
  return html`<section class="wide" aria-labelledby="servers-title"><h2 id="servers-title">Servers</h2>
    <div class="filter"><label>Filter <input type="search" value=${filter} onInput=${(e) => setFilter(e.target.value)}/></label>
      <span class="quiet" role="status">${number(rows.length)} of ${number(data.servers.size)}</span></div>
    <${Rows} rows=${rows} caption="Table of servers" head=${['Server', 'State', 'Since', 'Carries', 'What']} row=${(s) => html`<tr class="row" key=${s.name}
        title=${plans[s.name] || ''} onMouseEnter=${() => ifDown(s.name)} onFocusIn=${() => ifDown(s.name)}>
      <td><button class="link" aria-description=${plans[s.name] || ''} onClick=${() => onExplain(s.name)}>${s.name}</button></td><td><${ServerWord} server=${s}/></td>
      <td class="since numbers">${age(s.since, now)}</td><td>${s.carries.length > 4 ? `${number(s.carries.length)} services` : s.carries.join(', ')}</td>
      <td class="says">${what(s)} <button class="link noprint" aria-label=${`${s.maintenance ? 'Undrain' : 'Drain'} ${s.name}`} onClick=${() => onDrain(s)}>${s.maintenance ? 'undrain' : 'drain'}</button></td></tr>`}/>
  </section>`;
}

function what(s) {
  const drained = s.maintenance ? `drained by ${s.maintenance.by}${s.maintenance.why ? ` ("${s.maintenance.why}")` : ''}` : '';
  return [drained, s.why, ...(s.warnings || [])].filter(Boolean).join('; ');
}

/** What would follow if a server failed, in one sentence. */
export function told(plan, name) {
  const moves = plan.filter((d) => d.kind === 'failover' || d.kind === 'planned');
  const held = plan.filter((d) => d.kind === 'hold' && d.from.includes(name));
  if (!moves.length && !held.length) return `if ${name} failed, nothing would move`;
  const to = {};
  moves.forEach((d) => { const t = d.to.join('+'); to[t] = (to[t] || 0) + 1; });
  const parts = Object.entries(to).map(([t, n]) => `${n} to ${t}`);
  if (held.length) parts.push(`${held.length} would have nowhere to go`);
  return `if ${name} failed: ${parts.join(', ')}`;
}
