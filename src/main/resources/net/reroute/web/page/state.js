// What the page knows: the state and the rows of the history, kept current by events.
import { ask } from '/parts.js';

const MOST_ROWS = 3000;
const SILENCE = 3500;

export class Store {
  constructor(changed) {
    this.changed = changed;
    this.data = { loaded: false, lost: null, top: {}, services: new Map(), servers: new Map(), routers: new Map(), rows: [], moving: [] };
    this.skew = 0;
    this.sequence = -1;
    this.lastId = 0;
    this.heard = Date.now();
    this.waiting = false;
    this.session = null;
  }

  now() { return Date.now() + this.skew; }

  begin() {
    this.connect();
    setInterval(() => this.watch(), 500);
  }

  async who() {
    try {
      this.session = await ask('/session');
      if (this.session.proof === 'cookie') {
        // Told once, at the login, and kept where no other port of this host can read it.
        this.session.mark = localStorage.getItem('mark');
        if (!this.session.mark) this.session = { name: null, mayAct: false };
      }
    } catch (e) {
      this.session = { name: null, mayAct: false, needed: e.status === 401 };
    }
    this.tell();
  }

  async connect() {
    if (this.waiting) return;
    this.waiting = true;
    try {
      if (this.source) this.source.close();
      await this.who();
      if (this.session.needed) { this.waiting = false; return; }
      if (!this.data.rows.length) await this.history();
      await this.load();
      this.listen();
    } catch (e) {
      this.lose();
      setTimeout(() => { this.waiting = false; this.connect(); }, 1000);
      return;
    }
    this.waiting = false;
  }

  async history() {
    const rows = await ask('/history?since=1d');
    this.data.rows = rows.reverse().map((r) => ({ ...r, phases: r.detail && r.detail.phases }));
    this.lastId = this.data.rows.length ? this.data.rows[0].id : 0;
  }

  async load() {
    const all = await ask('/state');
    this.skew = Date.parse(all.time) - Date.now();
    this.sequence = all.to;
    this.data.top = all.top;
    for (const what of ['services', 'servers', 'routers']) this.data[what] = new Map(all[what].map((r) => [r.name, r]));
    this.data.loaded = true;
    this.data.lost = null;
    this.heard = Date.now();
    this.tell();
  }

  listen() {
    const source = new EventSource('/api/v1/events' + (this.lastId ? `?after=${this.lastId}` : ''));
    this.source = source;
    const heard = (f) => (e) => { this.heard = Date.now(); if (f) f(e); };
    source.addEventListener('pulse', heard());
    source.addEventListener('open', heard());
    source.addEventListener('row', heard((e) => this.row(JSON.parse(e.data))));
    source.addEventListener('missed', heard(() => this.history().then(() => this.tell())));
    source.addEventListener('state', heard((e) => this.change(JSON.parse(e.data))));
    source.onerror = () => { source.close(); this.lose(); setTimeout(() => this.connect(), 700); };
  }

  row(row) {
    if (row.id <= this.lastId) return;
    this.lastId = row.id;
    this.data.rows = [row, ...this.data.rows].slice(0, MOST_ROWS);
    this.tell();
  }

  change(change) {
    if (change.to <= this.sequence) return;
    if (change.from !== this.sequence) { this.load().catch(() => this.lose()); return; }
    this.sequence = change.to;
    if (change.top) this.data.top = change.top;
    for (const what of ['services', 'servers', 'routers']) {
      if (!change[what].length && !change['gone' + what].length) continue;
      const rows = new Map(this.data[what]);
      for (const row of change[what]) {
        if (what === 'services') this.moved(rows.get(row.name), row);
        rows.set(row.name, row);
      }
      change['gone' + what].forEach((name) => rows.delete(name));
      this.data[what] = rows;
    }
    this.tell();
  }

  /** Remembers for a moment where a service came from, so that the picture shows it move. */
  moved(before, after) {
    if (!before || before.at.join() === after.at.join() || this.data.moving.length > 50) return;
    const move = { name: after.name, from: before.at, to: after.at };
    this.data.moving = [...this.data.moving, move];
    setTimeout(() => { this.data.moving = this.data.moving.filter((m) => m !== move); this.tell(); }, 4000);
  }

  watch() {
    if (this.data.loaded && !this.data.lost && Date.now() - this.heard > SILENCE) {
      this.lose();
      if (this.source) this.source.close();
      this.connect();
    }
  }

  lose() {
    if (!this.data.lost) this.data.lost = new Date(this.now()).toISOString();
    this.tell();
  }

  /** Many changes in a moment are one drawing. */
  tell() {
    if (this.drawing) return;
    this.drawing = true;
    setTimeout(() => { this.drawing = false; this.changed(); }, 16);
  }
}
