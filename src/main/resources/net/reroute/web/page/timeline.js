// The last day as a timeline with zoom, percentiles of the phases of moves, and a search of the journal.
import { html, useEffect, useRef, useState } from '/lib/preact.js';
import uPlot from '/lib/uplot.js';
import { ask, clock, number, Stopwatch } from '/parts.js';

const LANES = ['moves', 'health', 'wishes', 'drills', 'routers'];
const KINDS = { moved: 0, 'partly-moved': 0, 'not-moved': 0, aligned: 0, up: 1, down: 1, suspect: 1, flapping: 1, wish: 2, maintenance: 2,
  play: 3, 'router-unreachable': 4, 'router-refused': 4, 'router-back': 4, missing: 4, drift: 4, takeover: 4 };

const lane = (row) => (row.kind === 'play' && !/drill/i.test(row.text) ? 2 : KINDS[row.kind]);

export function Timeline({ data, now }) {
  const place = useRef(null);
  const plot = useRef(null);
  const [range, setRange] = useState(null);
  const rows = data.rows.filter((r) => lane(r) !== undefined);
  const key = rows.length ? rows[0].id : 0;
  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const colours = [colour('--act'), colour('--bad'), colour('--warn'), colour('--good'), colour('--first')];
    const options = {
      width: place.current.clientWidth, height: 190, cursor: { drag: { x: true, y: false } },
      scales: { x: { time: true }, y: { range: [-0.7, LANES.length - 0.3] } },
      axes: [{ stroke: colour('--quiet'), grid: { stroke: colour('--line') } },
        { stroke: colour('--quiet'), grid: { stroke: colour('--line') }, splits: () => LANES.map((l, i) => i), values: () => LANES, size: 70 }],
      series: [{}, ...LANES.map((l, i) => ({ label: l, paths: () => null, points: { show: true, size: 9, stroke: colours[i], fill: colours[i] } }))],
      hooks: { setScale: [(u, name) => { if (name === 'x') setRange([u.scales.x.min * 1000, u.scales.x.max * 1000]); }] },
    };
    plot.current = new uPlot(options, points(rows, now), place.current);
    const resized = () => plot.current.setSize({ width: place.current.clientWidth, height: 190 });
    addEventListener('resize', resized);
    return () => { removeEventListener('resize', resized); plot.current.destroy(); };
  }, []);
  useEffect(() => { if (plot.current) plot.current.setData(points(rows, now), !zoomed(range, now)); }, [key]);
  const seen = range ? rows.filter((r) => Date.parse(r.at) >= range[0] && Date.parse(r.at) <= range[1]) : rows;
  return html`<section class="wide" aria-labelledby="day-title"><h2 id="day-title">The last day</h2>
    <div class="plot" ref=${place} role="img" aria-label=${`Timeline with ${rows.length} events; the table of percentiles and the search of the journal hold the same`}></div>
    <p class="quiet">Drag to zoom, double-click to see the whole day. ${number(seen.length)} events are in sight.</p>
    <${Percentiles} rows=${seen}/></section>`;
}

const zoomed = (range, now) => range && range[1] - range[0] < 23 * 3600 * 1000;

function points(rows, now) {
  const sorted = [...rows].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const begin = { at: new Date(now - 24 * 3600 * 1000).toISOString() }, end = { at: new Date(now).toISOString() };
  const all = [begin, ...sorted, end];
  return [all.map((r) => Date.parse(r.at) / 1000), ...LANES.map((l, i) => all.map((r) => (r.kind && lane(r) === i ? i : null)))];
}

function Percentiles({ rows }) {
  const phases = {};
  rows.forEach((r) => Object.entries(r.phases || {}).forEach(([name, ms]) => (phases[name] = phases[name] || []).push(ms)));
  const names = Object.keys(phases);
  if (!names.length) return html`<p class="quiet">No service was moved in this time.</p>`;
  const at = (values, p) => values[Math.min(values.length - 1, Math.floor(values.length * p))];
  return html`<table class="numbers"><caption class="quiet">Phases of moves, in milliseconds</caption><thead><tr><th scope="col">Phase</th><th scope="col">Moves</th><th scope="col">Median</th><th scope="col">90 %</th><th scope="col">99 %</th></tr></thead>
    <tbody>${names.map((n) => { const v = phases[n].sort((a, b) => a - b);
      return html`<tr key=${n}><th scope="row">${n}</th><td>${v.length}</td><td>${at(v, 0.5)}</td><td>${at(v, 0.9)}</td><td>${at(v, 0.99)}</td></tr>`; })}</tbody></table>`;
}

export function Journal({ now }) {
  const [word, setWord] = useState('');
  const [since, setSince] = useState('1d');
  const [found, setFound] = useState(null);
  const [error, setError] = useState('');
  const search = async (e) => {
    e.preventDefault();
    try {
      const rows = await ask('/history?since=' + encodeURIComponent(since));
      const w = word.toLowerCase();
      setFound(rows.reverse().filter((r) => !w || `${r.kind} ${r.who} ${r.subject} ${r.text}`.toLowerCase().includes(w)));
      setError('');
    } catch (x) { setError(x.message); }
  };
  return html`<section class="wide" aria-labelledby="journal-title"><h2 id="journal-title">Journal</h2>
    <form class="filter" onSubmit=${search}><label>Words <input type="search" value=${word} onInput=${(e) => setWord(e.target.value)}/></label>
      <label>Since <select value=${since} onChange=${(e) => setSince(e.target.value)}>${['1h', '1d', '7d', '30d', '365d'].map((s) => html`<option key=${s}>${s}</option>`)}</select></label>
      <button type="submit">Search</button></form>
    ${error ? html`<p role="alert">${error}</p>` : null}
    ${found ? html`<p class="quiet" role="status">${number(found.length)} rows</p><div class="tablebox" tabindex="0" role="region" aria-label="Rows of the journal"><ul class="rows">${found.slice(0, 300).map((r) => html`<li key=${r.id}>
      <b class="numbers">${clock(r.at, now)}</b> <span class="quiet">${r.kind}, ${r.who}</span><br/>${r.text}<${Stopwatch} phases=${r.detail && r.detail.phases}/></li>`)}</ul></div>` : null}
  </section>`;
}
