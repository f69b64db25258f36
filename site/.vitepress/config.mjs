// The site of the documentation; bin/site stages its pages and runs this.
import { join, posix } from 'node:path'
import { anchorOf, plainMarkdown } from './links.mjs'
import { sidebar } from './sidebar.mjs'

const target = join(import.meta.dirname, '../../target')
const source = join(target, 'site-source')

export default {
  title: 'reroute',
  description: 'Keeps web sites up by moving routes',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  base: process.env.SITE_BASE ?? '/',
  srcDir: source,
  outDir: process.env.SITE_OUT ?? join(target, 'site'),
  cacheDir: join(target, 'site-cache'),
  markdown: {
    html: false,
    linkify: false,
    anchor: { slugify: anchorOf },
    theme: { light: 'github-light', dark: 'github-dark' },
    config: md => plainMarkdown(md, source),
  },
  themeConfig: {
    search: { provider: 'local' },
    sidebar: sidebar(source),
    outline: [2, 3],
    nav: [
      { text: 'By task', link: '/docs/' },
      { text: 'First hour', link: '/docs/first-hour' },
      { text: 'Something is wrong', link: '/docs/why' },
    ],
  },
  // Without a server too pages have their looks and their links; a browser runs no module from a file, hence no search.
  transformHtml(code, id, { page }) {
    const up = posix.relative(posix.dirname('/' + page), '/') || '.'
    return process.env.SITE_BASE ? code : code.replace(/ (href|src)="\/([^"]*)"/g, (all, name, path) =>
      ` ${name}="${up}/${path.replace(/(^|\/)(#|$)/, '$1index.html$2')}"`)
  },
}
