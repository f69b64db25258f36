// The sidebar: the tables of docs/README.md in their order, then the decisions, then what docs link to.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const titleOf = file => readFileSync(file, 'utf8').match(/^# (.*)/m)[1].replaceAll('`', '')

const entry = (source, page) => ({ text: titleOf(join(source, page)), link: '/' + page.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '.html') })

/** A page stands where it is named first. */
function tables(source) {
  const seen = new Set()
  return readFileSync(join(source, 'docs/index.md'), 'utf8').split(/^## /m).slice(1).map(section => ({
    text: section.split('\n')[0],
    items: [...section.matchAll(/\]\(([\w-]+\.md)[#)]/g)].map(link => 'docs/' + link[1])
      .filter(page => !seen.has(page) && seen.add(page)).map(page => entry(source, page)),
  }))
}

function folder(source, name, text) {
  const pages = readdirSync(join(source, name)).filter(file => file.endsWith('.md') && file !== 'index.md').sort()
  return {
    text,
    collapsed: true,
    items: ['index.md', ...pages].map(page => entry(source, name + '/' + page)),
  }
}

export function sidebar(source) {
  return [
    { text: 'reroute', items: [{ text: 'What it is', link: '/' }, { text: 'By task', link: '/docs/' }] },
    ...tables(source),
    folder(source, 'docs/decisions', 'Decisions'),
    folder(source, 'playbooks', 'Shipped playbooks'),
    folder(source, 'routers', 'Shipped dialects'),
  ]
}
