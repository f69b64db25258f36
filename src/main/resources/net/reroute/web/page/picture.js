// Who carries what: routers on the left, servers on the right, and a line for each pair that carries services.
import { html, useMemo } from '/lib/preact.js';
import { span, number } from '/parts.js';

const MOST = 30;
const BOX = 62, GAP = 14, LEFT = 20, WIDE = 230, FIRST = 160, WIDTH = 860;

const odd = (s) => (s.state !== 'UP' || s.maintenance || s.doubt || (s.warnings || []).length ? 0 : 1);

function column(all, x, wide) {
  return new Map(all.map((one, i) => [one.name, { one, x, y: 14 + i * (BOX + GAP), wide }]));
}

export function Picture({ data, now, onExplain }) {
  const drawn = useMemo(() => {
    const servers = [...data.servers.values()];
    const shown = servers.length > MOST ? [...servers].sort((a, b) => odd(a) - odd(b)).slice(0, MOST) : servers;
    const routers = [...data.routers.values()].slice(0, MOST);
    const right = column(shown, WIDTH - WIDE - LEFT, WIDE), left = column(routers, LEFT, FIRST);
    return { servers, shown, right, left, height: 30 + Math.max(shown.length, routers.length, 1) * (BOX + GAP), lines: bundles(data, left, right) };
  }, [data.services, data.servers, data.routers]);
  const { servers, shown, right, left, height, lines } = drawn;
  const label = [...data.services.values()].slice(0, 40).map((s) => `${s.name} at ${s.at.join('+') || 'nobody'}`).join(', ');
  return html`<section class="picture" aria-labelledby="picture-title"><h2 id="picture-title">Who carries what</h2>
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label=${'Picture: ' + label}>
      ${lines.map((l) => html`<path key=${l.key} class=${l.kind} stroke-width=${l.width} d=${l.d}/>`)}
      ${data.moving.map((m) => moving(m, left, right))}
      ${lines.filter((l) => l.text).map((l) => html`<text key=${'t' + l.key} class="small" x=${l.x} y=${l.y}>${l.text}</text>`)}
      ${[...left.values()].map((r) => router(r, now))}
      ${[...right.values()].map((s) => server(s, now, onExplain))}
    </svg>
    ${shown.length < servers.length ? html`<p class="quiet">and ${number(servers.length - shown.length)} servers more, all UP</p>` : null}
  </section>`;
}

function path(a, b, shift) {
  const x1 = a.x + a.wide, y1 = a.y + BOX / 2 + shift, x2 = b.x, y2 = b.y + BOX / 2 + shift, mid = (x1 + x2) / 2;
  return `M${x1} ${y1}C${mid} ${y1} ${mid} ${y2} ${x2} ${y2}`;
}

/** Services with the same way and the same fate are one line; its width tells how many. */
function bundles(data, left, right) {
  const all = new Map();
  for (const s of data.services.values()) {
    const kind = s.state === 'out' || s.state === 'unknown' ? 'out' : s.at.includes(s.home) ? 'home' : 'away';
    for (const router of s.routers) for (const server of s.at) {
      if (!left.has(router) || !right.has(server)) continue;
      const key = `${router} ${server} ${kind}`;
      if (!all.has(key)) all.set(key, { key, router, server, kind, names: [] });
      all.get(key).names.push(s.name);
    }
  }
  const beside = new Map();
  return [...all.values()].map((b) => {
    const pair = `${b.router} ${b.server}`;
    const shift = (beside.get(pair) || 0) * 12 - 6;
    beside.set(pair, (beside.get(pair) || 0) + 1);
    const from = left.get(b.router), to = right.get(b.server);
    const text = b.names.length > 2 ? `${number(b.names.length)} services` : b.names.join(', ');
    return { ...b, d: path(from, to, shift), width: Math.min(16, 3 + 2 * Math.log2(b.names.length + 1)), text,
      x: to.x - 8 - text.length * 6, y: to.y + BOX / 2 + shift - 6 };
  });
}

/** From the old server to the new one. */
function moving(move, left, right) {
  const from = right.get(move.from[0]), to = right.get(move.to.find((s) => !move.from.includes(s)) || move.to[0]);
  if (!from || !to) return null;
  const x = from.x, y1 = from.y + BOX / 2, y2 = to.y + BOX / 2;
  return html`<path key=${'m' + move.name} class="moving" stroke-width="6" d="M${x} ${y1}C${x - 90} ${y1} ${x - 90} ${y2} ${x} ${y2}"/>`;
}

function router({ one, x, y, wide }, now) {
  const down = one.state !== 'reachable';
  return html`<g key=${one.name} class=${down ? 'down' : ''}><rect x=${x} y=${y} width=${wide} height=${BOX} rx="8"/>
    <text x=${x + 10} y=${y + 24}>${cut(one.name, 20)}</text>
    <text class="small" x=${x + 10} y=${y + 44}>${down ? '✗ ' : ''}${one.state} ${span(now - Date.parse(one.since))}</text></g>`;
}

function server({ one, x, y, wide }, now, onExplain) {
  const drained = Boolean(one.maintenance);
  const sign = drained ? '‖' : one.state === 'UP' ? '✓' : one.state === 'DOWN' ? '✗' : '?';
  const carries = one.carries.length > 3 ? `${number(one.carries.length)} services` : one.carries.join(', ') || 'carries nothing';
  return html`<g key=${one.name} class=${one.state === 'DOWN' ? 'down' : drained ? 'drained' : ''} onClick=${() => onExplain(one.name)}>
    <rect x=${x} y=${y} width=${wide} height=${BOX} rx="8"/>
    <text x=${x + 10} y=${y + 24}>${cut(one.name, 15)} ${sign} ${one.state} ${span(now - Date.parse(one.since))}</text>
    <text class="small" x=${x + 10} y=${y + 44}>${cut(drained ? `drained by ${one.maintenance.by}` : one.state === 'UP' ? carries : one.why || carries, 36)}</text></g>`;
}

const cut = (text, most) => (text.length > most ? text.slice(0, most - 1) + '…' : text);
