// Small parts that all others use: text with points in time, words with a sign, the stopwatch of a move.
import { html } from '/lib/preact.js';

const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

const two = (n) => String(n).padStart(2, '0');

/** A duration in the words of the terminal: 250ms, 4s, 3m12s, 5h07m, 2d4h. */
export function span(ms) {
  const t = Math.max(0, ms);
  if (t < SECOND) return `${Math.round(t)}ms`;
  if (t < MINUTE) return `${Math.floor(t / SECOND)}s`;
  if (t < HOUR) return `${Math.floor(t / MINUTE)}m${two(Math.floor(t % MINUTE / SECOND))}s`;
  if (t < DAY) return `${Math.floor(t / HOUR)}h${two(Math.floor(t % HOUR / MINUTE))}m`;
  return `${Math.floor(t / DAY)}d${Math.floor(t % DAY / HOUR)}h`;
}

export const age = (at, now) => span(now - Date.parse(at));

/** 05:01:58.212, with the day before it where it is another. */
export function clock(at, now, millis = true) {
  const d = new Date(at);
  const time = `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`
    + (millis ? `.${String(d.getMilliseconds()).padStart(3, '0')}` : '');
  return d.toDateString() === new Date(now).toDateString() ? time
    : `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${time}`;
}

/** A sentence whose ages are those of now. */
export function sentence(parts, now) {
  return (parts || []).map((p) => {
    if (typeof p === 'string') return p;
    const at = Date.parse(p.at);
    switch (p.form) {
      case 'ago': return `${span(now - at)} ago`;
      case 'age': return span(now - at);
      case 'in': return at > now ? `in ${span(at - now)}` : 'now';
      default: return clock(p.at, now, false).replace(/:\d\d$/, '');
    }
  }).join('');
}

const SIGNS = {
  good: html`<path d="M3 9l4 4 8-9"/>`,
  bad: html`<path d="M4 4l10 10M14 4L4 14"/>`,
  warn: html`<path d="M9 3v8M9 14v1"/>`,
  drained: html`<path d="M6 4v10M12 4v10"/>`,
};

/** A sign that is told apart without its colour. */
export const Sign = ({ kind }) => html`<svg width="1em" height="1em" viewBox="0 0 18 18" fill="none" stroke="currentColor"
  stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${SIGNS[kind] || SIGNS.warn}</svg>`;

const STATES = { ok: 'good', out: 'bad' };

/** The state of a service as a word. */
export const StateWord = ({ state }) => {
  const kind = STATES[state] || 'warn';
  return html`<span class="word ${kind}"><${Sign} kind=${state === 'drained' ? 'drained' : kind}/>${state === 'out' ? 'OUT' : state}</span>`;
};

/** The state of a server as a word. */
export const ServerWord = ({ server }) => {
  if (server.maintenance) return html`<span class="word warn"><${Sign} kind="drained"/>${server.state} drained</span>`;
  const good = server.state === 'UP' && !server.doubt && !(server.warnings || []).length;
  const kind = good ? 'good' : server.state === 'DOWN' ? 'bad' : 'warn';
  return html`<span class="word ${kind}"><${Sign} kind=${kind}/>${server.state}${server.doubt ? '?' : ''}</span>`;
};

/** The phases of a move, as long as they lasted. */
export const Stopwatch = ({ phases }) => {
  const all = Object.entries(phases || {});
  if (!all.length) return null;
  const label = all.map(([name, ms]) => `${name} ${ms} ms`).join(', ');
  return html`<div class="bar" role="img" aria-label=${label} title=${label}>
    ${all.map(([name, ms]) => html`<span key=${name} style=${{ flexGrow: Math.max(ms, 0.5), flexBasis: 0 }}>${name} ${Math.round(ms)}</span>`)}
  </div>`;
};

export const number = (n) => Number(n).toLocaleString('en');

/** Asks the API. Throws an error with the sentence of the answer. */
export async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch('/api/v1' + path, options);
  } catch (e) {
    throw new Error('the daemon does not answer');
  }
  const text = await response.text();
  const body = text ? JSON.parse(text) : {};
  if (!response.ok) throw Object.assign(new Error(body.detail || response.statusText), { status: response.status });
  return body;
}
